/** One line of what a part of the local run says. */
export interface LogLine {
  /** The function's short name, or the part of the run, such as `queues`. */
  source: string;
  /** `stdout` and `stderr` are the function's own words, `platform` is what happened to it. */
  stream: "stdout" | "stderr" | "platform";
  text: string;
}

export type OnLog = (line: LogLine) => void;
