import * as z from "zod/mini";

/** What SQS accepts in group and de-duplication ids: printable ASCII, with room for our prefix in its 128 characters. */
export const queueId = z
  .string()
  .check(z.regex(/^[!-~]{1,80}$/, { error: "must be 1 to 80 printable ASCII characters" }));
