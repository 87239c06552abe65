import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

const FOLDER = new URL("page/", import.meta.url);

interface PageFile {
  contentType: string;
  bytes: Uint8Array;
}

/** What the web page consists of, by its path. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/**
 * Bundles the web page, mostly in a process of esbuild's, which ends with it: begin it beside what takes longer.
 * Rejects where esbuild finds a fault.
 */
export async function bundlePage(): Promise<PageFiles> {
  const page = { contentType: "text/html; charset=utf-8", bytes: await read("page.html") };
  const files = new Map<string, PageFile>([
    ["/", page],
    ["/page.html", page],
    ["/page.js", { contentType: "text/javascript; charset=utf-8", bytes: await bundledScript() }],
  ]);
  for (const name of ["page.css", "ways.css"]) {
    files.set(`/${name}`, { contentType: "text/css; charset=utf-8", bytes: await read(name) });
  }
  return files;
}

const read = (name: string) => readFile(new URL(name, FOLDER));

async function bundledScript(): Promise<Uint8Array> {
  // A run without the console does not load it.
  const { build, stop } = await import("esbuild");
  try {
    const { outputFiles } = await build({
      // How JSX is read stands in the tsconfig.json beside it.
      entryPoints: [fileURLToPath(new URL("page.tsx", FOLDER))],
      bundle: true,
      format: "esm",
      target: "es2023",
      sourcemap: "inline",
      write: false,
      logLevel: "warning",
    });
    return outputFiles[0]?.contents ?? new Uint8Array();
  } finally {
    await stop();
  }
}
