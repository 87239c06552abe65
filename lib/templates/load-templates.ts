import { resolve } from "node:path";
import { readTemplateFolder } from "./read-template-folder.ts";

/**
 * A `markets` object with each brand's templates in the place of the name of their folder, which is relative to
 * `directory`. Says what is wrong with them; whatever else is wrong with the object stays as it is.
 */
export function loadTemplates(
  markets: unknown,
  directory: string,
): { markets: unknown; faults: string[] } {
  const faults: string[] = [];
  const loaded = mapFields(markets, (market, marketName) =>
    mapField(market, "brands", (brands) =>
      mapFields(brands, (brand, brandKey) =>
        mapField(brand, "templates", (folder) => {
          const path = `markets.${marketName}.brands.${brandKey}.templates`;
          if (isObject(folder) && !Array.isArray(folder)) {
            faults.push(`${path}: an object is not allowed; ${TEMPLATES_WANTED}`);
            return null;
          }
          if (typeof folder !== "string" || folder.trim() === "") return folder;
          const read = readTemplateFolder(resolve(directory, folder));
          faults.push(...read.faults.map((fault) => `${path}: ${folder}: ${fault}`));
          return read.templates;
        }),
      ),
    ),
  );
  return { markets: loaded, faults };
}

/** What the setting takes in a file. */
export const TEMPLATES_WANTED =
  "must be the name of a folder with a JSON file for each template, or null";

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The object with other values; anything else as it is. */
function mapFields(value: unknown, change: (inner: unknown, key: string) => unknown): unknown {
  if (!isObject(value) || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, change(inner, key)]));
}

function mapField(value: unknown, field: string, change: (inner: unknown) => unknown): unknown {
  return mapFields(value, (inner, key) => (key === field ? change(inner) : inner));
}
