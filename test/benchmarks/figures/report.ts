import { readFileSync } from "node:fs";
import * as z from "zod";
import { figureSchema } from "./figure.ts";
import { UsageError } from "./options.ts";

const report = z.object({
  /** ISO 8601. */
  date: z.string(),
  /** Versions. */
  node: z.string(),
  product: z.string(),
  /** Cores of the machine. */
  cores: z.number(),
  figures: z.array(figureSchema),
});

/** What `--json` writes and `--compare` reads. */
export type Report = z.infer<typeof report>;

/** Throws UsageError, which names the field that is not as it should be. */
export function readReport(file: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new UsageError(`--compare ${file}: ${error instanceof Error ? error.message : error}`);
  }
  const { success, data, error } = report.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  const field = issue?.path.reduce<string>(
    (path, key) => (typeof key === "number" ? `${path}[${key}]` : `${path}.${String(key)}`),
    "",
  );
  throw new UsageError(
    `--compare ${file}: ${field?.replace(/^\./, "") || "the whole"}: ${issue?.message}; give a file that --json has written`,
  );
}
