import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

export const SOURCE_FOLDERS = ["bin", "lib", "lambdas", "test"];

/** All pages, by their paths from the repository's root; nothing that is installed or generated. */
export function pages(): string[] {
  const inFolders = [".github", ...SOURCE_FOLDERS].flatMap((folder) => filesBelow(folder));
  return [...readdirSync("."), ...inFolders].filter((path) => path.endsWith(".md"));
}

/** All files of a folder and of those in it. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path))
    .filter((path) => statSync(path).isFile());
}
