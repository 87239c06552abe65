import { parseArgs } from "node:util";

/** The options of `npm run bench`. */
export interface BenchOptions {
  /** In the order of the table. */
  parts: string[];
  /** Files to write, and one to compare with. */
  json: string | undefined;
  svg: string | undefined;
  compare: string | undefined;
  help: boolean;
}

/** The command line cannot be understood; the message says why. */
export class UsageError extends Error {
  override name = "UsageError";
}

export const USAGE = `npm run bench -- [options]
  --part NAME      measure only this part; can be repeated (default: all)
  --json FILE      write the figures, with the date and the versions of Node and of the product
  --compare FILE   show beside each figure what such a file says
  --svg FILE       draw the main figures; needs the parts start, bytes, cpu, batch and load
  --help           print this
`;

/** Reads the command line; `known` are the names of the parts. Throws UsageError. */
export function readBenchOptions(argv: string[], known: readonly string[]): BenchOptions {
  const { part, json, svg, compare, help } = parse(argv);
  const unknown = part.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`--part ${unknown}: there is no such part; choose of ${known.join(", ")}`);
  }
  const parts = known.filter((name) => part.length === 0 || part.includes(name));
  return { parts, json, svg, compare, help };
}

function parse(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        part: { type: "string", multiple: true, default: [] },
        json: { type: "string" },
        svg: { type: "string" },
        compare: { type: "string" },
        help: { type: "boolean", default: false },
      },
    });
    return { json: undefined, svg: undefined, compare: undefined, ...values };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
