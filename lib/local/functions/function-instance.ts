import { type ChildProcess, fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import { setPriority } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { LogLine, OnLog } from "../log-line.ts";
import type { FunctionDefinition } from "../template/function-definition.ts";
import {
  type FromFunction,
  fromFunction,
  type InvocationError,
  type InvocationResult,
  type ToFunction,
} from "./function-messages.ts";

const PROGRAM = fileURLToPath(new URL("./function-process.ts", import.meta.url));

/** Lambda stops an initialization after 10 s. */
const INIT_TIMEOUT_MS = 10_000;

/** One process that runs a function, as Lambda's execution environment does. */
export interface FunctionInstance {
  /** Resolves when the handler is loaded, with an error when that failed and the process has ended. */
  ready: Promise<InvocationError | undefined>;
  /** Handles one event; call it again only after it has settled. Never rejects. */
  invoke(event: unknown): Promise<InvocationResult>;
  /** False as soon as the process ends or is told to end. */
  alive(): boolean;
  /** Stops the process where it is, or lets it go on. A time limit goes on meanwhile. */
  halt(isHalted: boolean): void;
  /** Resolves when the process is gone. */
  kill(): Promise<void>;
}

/** Starts a process for the function, with exactly this environment; `niceness` as `os.setPriority` takes it. */
export function startInstance(
  definition: FunctionDefinition,
  environment: Record<string, string>,
  niceness: number,
  onLog: OnLog,
): FunctionInstance {
  const { service, timeoutSeconds } = definition;
  const log = (stream: LogLine["stream"], text: string) => onLog({ source: service, stream, text });
  const child = fork(PROGRAM, [service], {
    cwd: definition.codeDirectory,
    execArgv: [youngGeneration(definition.memoryMegabytes)],
    env: environment,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  if (niceness !== 0 && child.pid !== undefined) setPriority(child.pid, niceness);
  forwardOutput(child, log);
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  let alive = true;
  let onMessage: (message: FromFunction) => void = () => {};
  let onDeath: (reason: string) => void = () => {};
  const kill = async () => {
    alive = false;
    child.kill("SIGKILL");
    await gone;
  };
  child.on("message", (message) => onMessage(fromFunction.parse(message)));
  child.once("error", ({ message }) => {
    alive = false;
    onDeath(message);
  });
  child.once("exit", (code, signal) => {
    alive = false;
    onDeath(signal === null ? `exit status ${code}` : `signal: ${signal}`);
  });
  const send = (message: ToFunction) => {
    // A process that is ending receives no message; the event of its end reports it.
    if (child.connected) child.send(message, () => {});
  };

  const ready = new Promise<InvocationError | undefined>((resolve) => {
    const timer = setTimeout(() => {
      resolve(failure("Runtime.InitTimeout", `Init timed out after ${INIT_TIMEOUT_MS / 1000} s`));
      void kill();
    }, INIT_TIMEOUT_MS);
    const settle = (error: InvocationError | undefined) => {
      clearTimeout(timer);
      onMessage = () => {};
      onDeath = () => {};
      if (error !== undefined) {
        alive = false;
        log("platform", `cannot start: ${error.errorType}: ${error.errorMessage}`);
      }
      resolve(error);
    };
    onDeath = (reason) => settle(failure("Runtime.ExitError", `Runtime exited: ${reason}`));
    onMessage = (message) => {
      if (message.kind === "init-failure") settle(message.error);
      if (message.kind === "ready") settle(undefined);
    };
    send({
      kind: "initialize",
      codeDirectory: definition.codeDirectory,
      handler: definition.handler,
      functionName: definition.name,
      functionArn: definition.arn,
      memoryMegabytes: definition.memoryMegabytes,
    });
  });

  const invoke = async (event: unknown): Promise<InvocationResult> => {
    const initError = await ready;
    if (initError !== undefined) return { ok: false, error: initError };
    const requestId = randomUUID();
    return new Promise((resolve) => {
      const settle = (result: InvocationResult) => {
        clearTimeout(timer);
        onMessage = () => {};
        onDeath = () => {};
        resolve(result);
      };
      const fail = (type: string, message: string) => {
        log("platform", message);
        settle({ ok: false, error: failure(type, message) });
      };
      const timer = setTimeout(() => {
        fail("Sandbox.Timedout", `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`);
        void kill();
      }, timeoutSeconds * 1000);
      onDeath = (reason) => fail("Runtime.ExitError", `Runtime exited with error: ${reason}`);
      if (!alive) {
        onDeath("it had ended before");
        return;
      }
      onMessage = (message) => {
        if (message.kind === "result" && message.requestId === requestId) {
          settle({ ok: true, payload: JSON.parse(message.payload) });
        }
        if (message.kind === "failure" && message.requestId === requestId) {
          if (message.fatal) alive = false;
          settle({ ok: false, error: message.error });
        }
      };
      send({ kind: "invoke", requestId, deadline: Date.now() + timeoutSeconds * 1000, event });
    });
  };

  const halt = (isHalted: boolean) => void child.kill(isHalted ? "SIGSTOP" : "SIGCONT");

  return { ready, invoke, halt, kill, alive: () => alive };
}

/**
 * V8 chooses the size of its young generation by the memory that it finds: 1 MiB where a function has
 * 512 MB. On a larger machine more garbage would pile up than a function has room for.
 * https://nodejs.org/api/cli.html#--max-semi-space-sizesize-in-mib
 */
function youngGeneration(memoryMegabytes: number): string {
  return `--max-semi-space-size=${Math.max(1, Math.floor(memoryMegabytes / 512))}`;
}

function failure(errorType: string, errorMessage: string): InvocationError {
  return { errorType, errorMessage, stackTrace: [] };
}

function forwardOutput(
  child: ChildProcess,
  log: (stream: LogLine["stream"], text: string) => void,
): void {
  for (const stream of ["stdout", "stderr"] as const) {
    const input = child[stream];
    if (input !== null) createInterface({ input }).on("line", (text) => log(stream, text));
  }
}
