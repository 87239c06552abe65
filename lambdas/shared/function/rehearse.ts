import { Readable } from "node:stream";

/** A command of the AWS SDK. */
interface Rehearsed<Output> {
  middlewareStack: {
    add(
      middleware: () => () => Promise<{ response: unknown; output: Output }>,
      options: { step: "deserialize"; priority: "low" },
    ): void;
  };
}

/**
 * Sends a command through all that the SDK does with it, but the network: an answer without contents comes from
 * memory, which the SDK reads as `output`. What the SDK makes at its first use (settings, signatures, readers) is
 * then there before the first event. Never rejects: without it, the first event takes longer.
 */
export async function rehearse<Output>(
  command: Rehearsed<Output>,
  output: Output,
  send: () => Promise<unknown>,
): Promise<void> {
  // The last step before the network.
  command.middlewareStack.add(() => async () => ({ response: emptyAnswer(), output }), {
    step: "deserialize",
    priority: "low",
  });
  try {
    await send();
  } catch {
    // Said above.
  }
}

function emptyAnswer() {
  return { statusCode: 200, headers: {}, body: Readable.from([Buffer.from("{}")]) };
}
