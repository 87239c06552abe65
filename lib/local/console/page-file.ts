import { readdirSync, readFileSync } from "node:fs";
import { extname } from "node:path";

const FOLDER = new URL("page/", import.meta.url);

const CONTENT_TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
};

export interface PageFile {
  contentType: string;
  bytes: Buffer;
}

const FILES: ReadonlyMap<string, PageFile> = new Map(
  readdirSync(FOLDER).map((name) => [
    `/${name}`,
    {
      contentType: CONTENT_TYPES[extname(name)] ?? "application/octet-stream",
      bytes: readFileSync(new URL(name, FOLDER)),
    },
  ]),
);

/** What the web page consists of, by its path; undefined for any other path. */
export function pageFile(path: string): PageFile | undefined {
  return FILES.get(path === "/" ? "/page.html" : path);
}
