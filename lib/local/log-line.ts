/** A line that a part of the local run logs. */
export interface LogLine {
  /** The function's short name, or the part of the run, such as `queues`. */
  source: string;
  /** `stdout` and `stderr` are from the function itself, `platform` says what happened to it. */
  stream: "stdout" | "stderr" | "platform";
  text: string;
}

export type OnLog = (line: LogLine) => void;
