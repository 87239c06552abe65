import { readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";

const PLACE = /(file:\/\/[^\s()]+):(\d+):(\d+)/;

/** By the URLs of the bundle's files; undefined for a file without a map. */
const maps = new Map<string, SourceMap | undefined>();

/**
 * Lines of a stack with their places in the sources, by the maps beside the bundle. A map is read when an error
 * is logged for the first time: with Node's `--enable-source-maps`, every start would pay for all of them.
 */
export function originalPlaces(lines: readonly string[]): string[] {
  return lines.map((line) =>
    line.replace(PLACE, (place, url: string, row: string, column: string) => {
      const origin = mapOf(url)?.findOrigin(Number(row), Number(column));
      if (origin === undefined || !("fileName" in origin)) return place;
      const { fileName, lineNumber, columnNumber } = origin;
      return `${fileName.replace(/^(?:\.\.\/)+/, "")}:${lineNumber}:${columnNumber}`;
    }),
  );
}

function mapOf(url: string): SourceMap | undefined {
  if (!maps.has(url)) maps.set(url, readMap(url));
  return maps.get(url);
}

/** An error is logged without its sources rather than not at all. */
function readMap(url: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, "utf8")));
  } catch {
    return undefined;
  }
}
