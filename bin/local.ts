import { enableCompileCache } from "node:module";
import { readOptions, USAGE, UsageError } from "../lib/local/options.ts";
import { MarketsError } from "../lib/markets-error.ts";
import { READER_LEFT, whenReaderLeaves } from "../lib/when-reader-leaves.ts";

const started = performance.now();
const stopping = new AbortController();
process.on("SIGTERM", () => stopping.abort());
process.on("SIGINT", () => stopping.abort());
// The terminal window was closed.
process.on("SIGHUP", () => stopping.abort());
whenReaderLeaves(() => {
  process.exitCode = READER_LEFT;
  stopping.abort();
});

try {
  await run();
} catch (error) {
  if (stopping.signal.aborted) process.exit();
  const isInput = error instanceof UsageError || error instanceof MarketsError;
  const text = isInput ? error.message : describe(error);
  process.stderr.write(`${text}\n${error instanceof UsageError ? `\n${USAGE}` : ""}`);
  process.exitCode = 1;
}
process.exit();

async function run(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    process.stdout.write(USAGE);
    return;
  }
  // What Node has compiled once, TypeScript included, is kept for the next start.
  enableCompileCache();
  const { startLocalRun } = await import("../lib/local/local-run.ts");
  const { writeRunFile } = await import("../lib/local/run-file.ts");
  const { createWatcher } = await import("../lib/local/watcher.ts");
  const watcher = createWatcher(options);
  watcher.starting();
  const failed = Promise.withResolvers<never>();
  // A failure during the start is seen by the race below.
  failed.promise.catch(() => undefined);
  const hooks = { ...watcher.hooks, onFailure: failed.reject };
  const bridge = await startLocalRun(options, hooks, stopping.signal);
  let forget = () => {};
  try {
    // Before anybody hears that the bridge is ready.
    forget = writeRunFile(bridge.runFile);
    watcher.ready(bridge, performance.now() - started);
    const stopped = new Promise<void>((resolve) => {
      stopping.signal.addEventListener("abort", () => resolve());
    });
    await Promise.race([stopped, failed.promise]);
  } finally {
    forget();
    await bridge.close();
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "EADDRINUSE") {
    return `${error.message}: another program has the port; choose another one with npm start -- --port N`;
  }
  return error.stack ?? error.message;
}
