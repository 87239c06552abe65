import type { SimulatorAnswer } from "../simulator-server.ts";
import type { LineChannel } from "./channel.ts";

/** A request whose caller is known and whose body could be read. */
export interface LineCall {
  channel: LineChannel;
  requestId: string;
  retryKey: string | undefined;
  /** The parts of the path in brackets, decoded. */
  parameters: string[];
  body: unknown;
}

/** `what` and `text` are for people who watch the local run; without `what` the route's own is shown. */
export type LineAnswer = SimulatorAnswer & { what?: string; text?: string };

export interface LineRoute {
  method: "GET" | "POST" | "PUT";
  path: RegExp;
  what: string;
  /** Takes `X-Line-Retry-Key`. LINE refuses the key with 400 where it is not taken. */
  isRetryable?: boolean;
  /** @throws {LineRefusal} */
  answer(call: LineCall): LineAnswer | Promise<LineAnswer>;
}
