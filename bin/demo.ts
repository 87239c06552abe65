import { parseArgs } from "node:util";
import { type ConsoleClient, connectConsole } from "../lib/local/demo/console-client.ts";
import { play } from "../lib/local/demo/play.ts";
import { DEMO_SCRIPT } from "../lib/local/demo/script.ts";
import { transcriptHead, transcriptLine } from "../lib/local/demo/transcript.ts";
import { startLocalRun } from "../lib/local/local-run.ts";
import { readOptions } from "../lib/local/options.ts";
import { findRuns } from "../lib/local/run-file.ts";
import { READER_LEFT, whenReaderLeaves } from "../lib/when-reader-leaves.ts";

const RUNNING_CONSOLE = "http://127.0.0.1:3001";

const USAGE = `npm run demo -- [options]
  --console URL   console of the running bridge to use (default ${RUNNING_CONSOLE})
  --market NAME   start a bridge for this market instead
`;

const readerLeft = new AbortController();
whenReaderLeaves(() => readerLeft.abort());
try {
  process.exit((await demo()) ? 0 : 1);
} catch (error) {
  if (readerLeft.signal.aborted) process.exit(READER_LEFT);
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
  process.exit(1);
}

/** Whether every line arrived. Uses a bridge that is running, so that its terminal shows each step; otherwise starts one. */
async function demo(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      console: { type: "string" },
      market: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) {
    print(USAGE);
    return true;
  }
  if (values.market !== undefined) return startAndPlay(values.market);
  const running = await connectConsole(values.console ?? RUNNING_CONSOLE);
  if (running !== undefined) return playThrough(running);
  if (values.console === undefined) return startAndPlay();
  throw new Error(
    `No console of a bridge answers at ${values.console}: npm start prints its address; without --console the demo starts a bridge of its own.`,
  );
}

async function startAndPlay(name?: string): Promise<boolean> {
  const others = findRuns().map(({ gateway }) => gateway);
  const why =
    others.length === 0
      ? "No bridge is running here (npm start)"
      : `The demo uses none of the bridges that run here (${others.join(", ")}): --console names the console of one`;
  print(`${why}: starting one for the demo …`);
  const market = name === undefined ? [] : ["--market", name];
  const hooks = {
    onTraffic: () => undefined,
    onRequest: () => undefined,
    onLog: () => undefined,
    onFailure: (error: Error) => print(error.message),
  };
  const options = readOptions(["--port", "0", ...market]);
  const bridge = await startLocalRun(options, hooks, readerLeft.signal);
  const stop = () => void bridge.close().then(() => process.exit(1));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const client = await connectConsole(bridge.ready.console ?? "");
    if (client === undefined) throw new Error("the console of the new bridge does not answer");
    return await playThrough(client);
  } finally {
    await bridge.close();
  }
}

async function playThrough(bridge: ConsoleClient): Promise<boolean> {
  const obstacle = await bridge.obstacle();
  if (obstacle !== undefined) {
    print(obstacle);
    return false;
  }
  print(transcriptHead(bridge.market, bridge.brand));
  const isComplete = await play(DEMO_SCRIPT, bridge, (played) => print(transcriptLine(played)));
  print(
    isComplete
      ? "\nEvery line arrived, once and in order."
      : "\nNot every line arrived. What is wrong with the bridge: npm run operator -- doctor --local",
  );
  return isComplete;
}

/** Throws when nobody reads any more, which ends the demo. */
function print(text: string): void {
  readerLeft.signal.throwIfAborted();
  process.stdout.write(`${text}\n`);
}
