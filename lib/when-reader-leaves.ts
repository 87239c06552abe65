/** The exit code that a shell gives to a program which a closed pipe has ended (128 + SIGPIPE). */
export const READER_LEFT = 141;

/**
 * Calls `stop` when nobody reads standard output or standard error any more, as after `| head -1`, at the first
 * line that is written then. Node.js would end with a stack trace. Any other error of the two is thrown.
 */
export function whenReaderLeaves(stop: () => void): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      stop();
    });
  }
}
