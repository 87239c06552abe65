import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import type { OutputFile } from "esbuild";

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
  ]);
  for (const { path, contents } of await bundledFiles()) {
    const name = basename(path);
    const contentType = `${name.endsWith(".css") ? "text/css" : "text/javascript"}; charset=utf-8`;
    files.set(`/${name}`, { contentType, bytes: contents });
  }
  return files;
}

const read = (name: string) => readFile(new URL(name, FOLDER));

async function bundledFiles(): Promise<OutputFile[]> {
  // A run without the console does not load it.
  const { build, stop } = await import("esbuild");
  try {
    const { outputFiles } = await build({
      // How JSX is read stands in the tsconfig.json beside it.
      entryPoints: ["page.tsx", "page.css"].map((name) => fileURLToPath(new URL(name, FOLDER))),
      bundle: true,
      // Only names the files: nothing is written.
      outdir: fileURLToPath(FOLDER),
      format: "esm",
      target: "es2023",
      sourcemap: "inline",
      write: false,
      logLevel: "warning",
    });
    return outputFiles;
  } finally {
    await stop();
  }
}
