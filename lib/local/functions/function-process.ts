/**
 * One Lambda execution environment: loads a function's bundle and handles one event after the other,
 * which it gets over the IPC channel. The first argument is the function's short name; it is there only
 * for lists of processes. Ends when the run that started it is gone. Imports nothing but what Node has: some
 * ten of these start within seconds, and a schema library takes as long as Node itself.
 */
import { existsSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Context } from "aws-lambda";
import type {
  FromFunction,
  Initialization,
  Invocation,
  InvocationError,
  ToFunction,
} from "./function-messages.ts";

type Handler = (event: unknown, context: Context) => unknown;

// Node has read it at its start; Lambda has no such variable. What is compiled by now is kept; the bundle,
// which is somewhere else in every run, is not: the run ends this process without an exit.
delete process.env.NODE_COMPILE_CACHE;
flushCompileCache();

let environment: { handler: Handler; settings: Initialization } | undefined;
let currentRequestId: string | undefined;

process.on("disconnect", () => process.exit(0));
// Ctrl-C reaches the whole process group; the run itself ends this process.
process.on("SIGINT", () => {});
process.on("uncaughtException", (error) => die(describe(error)));
process.on("unhandledRejection", (reason) =>
  die({ ...describe(reason), errorType: "Runtime.UnhandledPromiseRejection" }),
);
process.on("message", (order) => {
  if (!isOrder(order)) throw new Error("the run has sent something else than an order");
  // Neither promise rejects: both report what goes wrong.
  void (order.kind === "initialize" ? initialize(order) : invoke(order));
});

function isOrder(message: unknown): message is ToFunction {
  return typeof message === "object" && message !== null && "kind" in message;
}

async function initialize(settings: Initialization): Promise<void> {
  try {
    environment = { handler: await loadHandler(settings), settings };
  } catch (error) {
    report({ kind: "init-failure", error: describe(error) }, () => process.exit(1));
    return;
  }
  report({ kind: "ready" });
}

async function loadHandler({ codeDirectory, handler }: Initialization): Promise<Handler> {
  const dot = handler.lastIndexOf(".");
  const moduleName = handler.slice(0, dot);
  const exportName = handler.slice(dot + 1);
  const file = ["js", "mjs", "cjs"]
    .map((extension) => join(codeDirectory, `${moduleName}.${extension}`))
    .find((path) => existsSync(path));
  if (file === undefined) {
    throw named("Runtime.ImportModuleError", `Cannot find module '${moduleName}'`);
  }
  const exports: Record<string, unknown> = await import(pathToFileURL(file).href);
  const found = exports[exportName];
  if (!isHandler(found)) {
    throw named("Runtime.HandlerNotFound", `${handler} is undefined or not exported`);
  }
  if (found.length > 2) {
    throw named(
      "Runtime.CallbackHandlerDeprecated",
      "Lambda has no callback handlers from Node.js 24 on; use an async handler",
    );
  }
  return found;
}

function isHandler(value: unknown): value is Handler {
  return typeof value === "function";
}

async function invoke({ requestId, deadline, event }: Invocation): Promise<void> {
  if (environment === undefined) return;
  const { handler, settings } = environment;
  currentRequestId = requestId;
  try {
    const result = await handler(event, contextOf(settings, requestId, deadline));
    // What JSON cannot express, such as undefined, is null in Lambda's answer.
    const payload: string | undefined = JSON.stringify(result);
    report({ kind: "result", requestId, payload: payload ?? "null" });
  } catch (error) {
    report({ kind: "failure", requestId, error: describe(error), fatal: false });
  } finally {
    currentRequestId = undefined;
  }
}

function contextOf(settings: Initialization, requestId: string, deadline: number): Context {
  return {
    awsRequestId: requestId,
    functionName: settings.functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: settings.functionArn,
    memoryLimitInMB: String(settings.memoryMegabytes),
    logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME ?? "",
    logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME ?? "",
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    // These are only part of the type: Node.js 24 on Lambda no longer has them.
    done: notAvailable,
    fail: notAvailable,
    succeed: notAvailable,
  };
}

function notAvailable(): never {
  throw named("Runtime.CallbackHandlerDeprecated", "context.done, fail and succeed are gone");
}

/** An error that nobody caught ends the environment, and the present invocation fails. */
function die(error: InvocationError): void {
  process.stderr.write(`${error.errorType}: ${error.errorMessage}\n`);
  const end = () => process.exit(1);
  if (currentRequestId === undefined) end();
  else report({ kind: "failure", requestId: currentRequestId, error, fatal: true }, end);
}

function report(message: FromFunction, sent: () => void = () => {}): void {
  if (process.connected) process.send?.(message, () => sent());
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

function describe(error: unknown): InvocationError {
  if (!(error instanceof Error)) {
    return { errorType: typeof error, errorMessage: String(error), stackTrace: [] };
  }
  return {
    errorType: error.name,
    errorMessage: error.message,
    stackTrace: (error.stack ?? "").split("\n").slice(1),
  };
}
