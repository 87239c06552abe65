/**
 * What is written to the log from now until the end of this turn of the event loop leaves in one piece: each line by
 * itself is a call of the kernel, and those of ten events took a tenth of a webhook. Lambda tells lines apart by their
 * ends.
 */
export function writeTogether(): void {
  const { stdout } = process;
  stdout.cork();
  process.nextTick(() => stdout.uncork());
}
