import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { LineTemplate } from "../../lambdas/shared/contract/line-templates/line-template.ts";
import { sameName } from "../../lambdas/shared/contract/line-templates/same-name.ts";
import { readJson } from "../read-json.ts";
import { placeFaults } from "./place-faults.ts";
import { ruleFaults } from "./rule-faults.ts";
import { readTemplateFile } from "./template-file.ts";

const FILE = /\.json$/i;
const NAME = /^[\p{L}\p{M}\p{N}_-][\p{L}\p{M}\p{N}_ -]{0,63}$/u;

export interface TemplateFolder {
  /** By their names, as `sameName` gives them. */
  templates: Record<string, LineTemplate>;
  /** Each with the name of its file. */
  faults: string[];
}

/** The templates of a folder, one from each JSON file, by the file's name without its ending. Other files do not count. */
export function readTemplateFolder(folder: string): TemplateFolder {
  let files: string[];
  try {
    files = readdirSync(folder)
      .filter((file) => FILE.test(file))
      .sort();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { templates: {}, faults: [`the folder cannot be read: ${why}`] };
  }
  const templates = new Map<string, LineTemplate>();
  const faults = files.flatMap((file) => {
    const name = sameName(file.replace(FILE, ""));
    const told = readOne(folder, file, name, templates);
    return told.map((fault) => `${file}: ${fault}`);
  });
  if (files.length === 0)
    faults.push("the folder holds no template: add one, such as welcome.json");
  return { templates: Object.fromEntries(templates), faults };
}

/** Adds the template, or says what is wrong with it. */
function readOne(
  folder: string,
  file: string,
  name: string,
  templates: Map<string, LineTemplate>,
): string[] {
  if (!NAME.test(name)) {
    return ["a template's name has 1 to 64 letters, digits, blanks, _ and -; rename the file"];
  }
  if (templates.has(name)) {
    return [
      `another file is also called "${name}", where letter case and width do not count; rename one of them`,
    ];
  }
  let text: string;
  try {
    text = readFileSync(join(folder, file), "utf8");
  } catch (error) {
    return [`cannot be read: ${error instanceof Error ? error.message : error}`];
  }
  const json = readJson(text);
  if ("faults" in json) return json.faults;
  const read = readTemplateFile(json.value);
  if ("fault" in read) return [read.fault];
  const { template, nameOf } = read;
  templates.set(name, template);
  const places = placeFaults(template);
  // Where a place cannot stand, LINE's rules would only speak of its braces.
  const found = places.length > 0 ? places : ruleFaults(template);
  return found.map(({ path, told }) => [nameOf(path), told].filter(Boolean).join(": "));
}
