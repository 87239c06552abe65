import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import * as z from "zod";

/** Node 24, which npm has installed here. */
export const NODE = fileURLToPath(new URL("../../../node_modules/.bin/node", import.meta.url));

/** The share of a core that Lambda gives to 512 MB: a whole one comes with 1,769 MB. */
export const SHARE = 512 / 1_769;
/** The period of a share of a core, in ms. */
const PERIOD_MS = 20;

const moment = z.object({
  /** ms since the process began. */
  wall: z.number(),
  /** ms of a processor since then, by the process and the kernel for it. */
  cpu: z.number(),
});

export type Moment = z.infer<typeof moment>;

const times = z.object({
  begun: moment,
  loaded: moment,
  before: moment,
  first: moment,
  second: moment,
  answers: z.array(z.unknown()),
  /** KB of memory, at most. */
  maxRss: z.number(),
});

export type Times = z.infer<typeof times>;

export interface Start {
  /** The program, see started-process.ts. */
  program: string;
  bundle: string;
  events: string;
  environment: Record<string, string>;
  /** Whether the invocations, but not the load, have 0.29 of a core. */
  slowed: boolean;
}

/** Starts a process and gives its times. Throws with all that it has written if it gives none. */
export async function freshProcess(start: Start): Promise<Times> {
  const { program, bundle, events, environment, slowed } = start;
  const args = [program, bundle, events, ...(slowed ? ["slowed"] : [])];
  const child = spawn(NODE, args, { env: environment, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let stop = () => {};
  child.stderr.on("data", (text) => {
    output += text;
  });
  child.stdout.on("data", (text) => {
    output += text;
    if (slowed && String(text).includes('{"loaded":true}')) {
      stop = slowDown(child);
    }
  });
  try {
    await once(child, "close");
  } finally {
    stop();
  }
  const last = output.trimEnd().split("\n").at(-1) ?? "";
  const read = last.startsWith('{"begun"') ? times.safeParse(JSON.parse(last)) : undefined;
  if (read?.success) return read.data;
  throw new Error(`${bundle} gave no times:\n${output}`);
}

/** Stops a process for most of each period and lets it go on for the rest. */
function slowDown(child: ChildProcess): () => void {
  let timer: NodeJS.Timeout;
  const halt = () => {
    child.kill("SIGSTOP");
    timer = setTimeout(run, PERIOD_MS * (1 - SHARE));
  };
  const run = () => {
    child.kill("SIGCONT");
    timer = setTimeout(halt, PERIOD_MS * SHARE);
  };
  halt();
  return () => clearTimeout(timer);
}
