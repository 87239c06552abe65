import * as z from "zod";

/** The messages between the run and a function's process over the IPC channel. */

/** From the run, as the first message: what to load. */
export interface Initialization {
  kind: "initialize";
  /** Absolute path. */
  codeDirectory: string;
  /** For example `index.handler`. */
  handler: string;
  functionName: string;
  functionArn: string;
  memoryMegabytes: number;
}

/** From the run, one at a time. */
export interface Invocation {
  kind: "invoke";
  requestId: string;
  /** When the process will be killed, in milliseconds since 1970. */
  deadline: number;
  event: unknown;
}

export type ToFunction = Initialization | Invocation;

const invocationError = z.object({
  errorType: z.string(),
  errorMessage: z.string(),
  stackTrace: z.array(z.string()),
});

export const fromFunction = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready") }),
  /** The module cannot be loaded or has no such handler; the process ends. */
  z.object({ kind: z.literal("init-failure"), error: invocationError }),
  /** `payload` is JSON. */
  z.object({ kind: z.literal("result"), requestId: z.string(), payload: z.string() }),
  z.object({
    kind: z.literal("failure"),
    requestId: z.string(),
    error: invocationError,
    /** Nobody caught the error: the process ends. */
    fatal: z.boolean(),
  }),
]);

export type FromFunction = z.infer<typeof fromFunction>;

/** How Lambda reports a failure: the error's name, message and stack. */
export type InvocationError = z.infer<typeof invocationError>;

export type InvocationResult =
  | { ok: true; payload: unknown }
  | { ok: false; error: InvocationError };
