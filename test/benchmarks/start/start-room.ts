import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeFloors, prepareStarts, synthesizeMarket } from "./prepare-starts.ts";
import { type StandInOptions, startStandIns } from "./stand-ins.ts";

/** What bundles need to be started: the synthesized market, the floors, and servers in the place of all others. */
export interface StartRoom {
  /** Where the floors are, and what else is made for the runs. */
  directory: string;
  /** The functions of this version, or of the output of `cdk synth` of another one, and both floors. */
  startsOf(assembly?: string): ReturnType<typeof prepareStarts>;
  close(): Promise<void>;
}

/** The options are those of the servers. */
export async function openStartRoom(options: StandInOptions = {}): Promise<StartRoom> {
  const directory = mkdtempSync(join(tmpdir(), "line-genesys-start-"));
  const standIns = await startStandIns(options);
  const close = async () => {
    await standIns.close();
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const certificate = join(directory, "certificate.pem");
    writeFileSync(certificate, standIns.cert);
    const own = join(directory, "assembly");
    synthesizeMarket(own);
    const floors = join(directory, "floors");
    const made = { floors, program: makeFloors(floors), origin: standIns.origin, certificate };
    const startsOf = (assembly = own) => prepareStarts({ assembly, ...made });
    return { directory: floors, startsOf, close };
  } catch (error) {
    await close();
    throw error;
  }
}
