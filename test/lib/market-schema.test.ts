import { readFileSync } from "node:fs";
import * as z from "zod";
import { marketsSchema } from "../../lib/market-schema.ts";

const README = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

interface Setting {
  isRequired: boolean;
  standard: unknown;
}

type Settings = Record<string, Setting>;

/** The settings that the schema knows, of a market and of a brand. */
function schemaSettings(): { market: Settings; brand: Settings } {
  const fields = z.object({
    properties: z.record(z.string(), z.looseObject({ default: z.unknown().optional() })),
    required: z.array(z.string()).default([]),
  });
  const markets = z
    .object({ additionalProperties: fields })
    .parse(z.toJSONSchema(marketsSchema, { io: "input", unrepresentable: "any" }));
  const market = markets.additionalProperties;
  const brand = z.object({ additionalProperties: fields }).parse(market.properties.brands);
  const settingsOf = ({ properties, required }: z.infer<typeof fields>): Settings =>
    Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [
        name,
        { isRequired: required.includes(name), standard: property.default },
      ]),
    );
  return { market: settingsOf(market), brand: settingsOf(brand.additionalProperties) };
}

/** The rows of the README's table whose first column is headed so. */
function readmeSettings(heading: string): Settings {
  const [, table = ""] = README.split(`| ${heading} | Default | |\n|---|---|---|\n`);
  const [rows = ""] = table.split("\n\n");
  return Object.fromEntries(
    rows
      .trim()
      .split("\n")
      .map((row) => {
        const [, name = "", standard = ""] = row.split("|").map((cell) => cell.trim());
        return [name.replaceAll("`", ""), settingOf(standard)];
      }),
  );
}

/** `required`, `none`, a number, or values between backticks: one, or a list of several. */
function settingOf(cell: string): Setting {
  if (cell === "required") return { isRequired: true, standard: undefined };
  if (cell === "none") return { isRequired: false, standard: null };
  if (/^\d+$/.test(cell)) return { isRequired: false, standard: Number(cell) };
  const values = [...cell.matchAll(/`([^`]+)`/g)].map(([, value = ""]) => literal(value));
  return { isRequired: false, standard: values.length === 1 ? values[0] : values };
}

function literal(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

describe("the configuration reference in the README", () => {
  it.each([
    ["Market", "market"],
    ["Brand", "brand"],
  ] as const)("names every setting of a %s with its default, and no other", (heading, kind) => {
    expect(readmeSettings(heading)).toEqual(schemaSettings()[kind]);
  });
});
