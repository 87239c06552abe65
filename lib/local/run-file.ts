import { randomUUID } from "node:crypto";
import {
  closeSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";
import { marketSchema } from "../market-schema.ts";

const runFileSchema = z.object({
  /** The process that runs the bridge. */
  pid: z.int().positive(),
  /** The market's key. */
  market: z.string(),
  /** Origin of both webhooks. */
  gateway: z.url(),
  stackName: z.string(),
  region: z.string(),
  aws: z.object({
    sqs: z.url(),
    s3: z.url(),
    dynamodb: z.url(),
    secretsManager: z.url(),
    cloudFormation: z.url(),
    cloudWatch: z.url(),
    lambda: z.url(),
    sns: z.url(),
  }),
  /** Where the bridge finds the platforms: its simulators, or the servers that replace them. */
  platforms: z.object({
    lineApi: z.url(),
    lineDataApi: z.url(),
    genesysApi: z.url(),
    genesysLogin: z.url(),
  }),
  settings: marketSchema,
});

/** What a running bridge tells other programs of the same user on this machine; nothing secret. */
export type RunFile = z.infer<typeof runFileSchema>;

const NAME = /^line-genesys-bridge-\d+\.run\.json$/;

/**
 * Makes a bridge known to `findRuns`; only its user can read the file. Returns a function that removes
 * the file. Throws when the directory cannot be written to.
 */
export function writeRunFile(run: RunFile, directory: string = tmpdir()): () => void {
  const path = join(directory, `line-genesys-bridge-${run.pid}.run.json`);
  const draft = `${path}.${randomUUID()}`;
  writeFileSync(draft, JSON.stringify(run), { mode: 0o600, flag: "wx" });
  // Renamed into place, so that nobody reads half a file.
  renameSync(draft, path);
  return () => rmSync(path, { force: true });
}

/**
 * The bridges of this user that run on this machine. Removes the file of a bridge that ended without
 * removing it; ignores a file of another version or another user.
 */
export function findRuns(directory: string = tmpdir()): RunFile[] {
  return readdirSync(directory)
    .filter((name) => NAME.test(name))
    .flatMap((name) => {
      const path = join(directory, name);
      const run = readRunFile(path);
      if (run === undefined) return [];
      if (isRunning(run.pid)) return [run];
      rmSync(path, { force: true });
      return [];
    });
}

function readRunFile(path: string): RunFile | undefined {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    // Another user's file could send credentials to a server of theirs. Windows has no user ids, but
    // each user has a temporary directory of their own.
    if (process.getuid !== undefined && fstatSync(file).uid !== process.getuid()) return undefined;
    return runFileSchema.safeParse(JSON.parse(readFileSync(file, "utf8"))).data;
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
