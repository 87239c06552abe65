import { readFileSync } from "node:fs";
import * as z from "zod";
import { marketsSchema } from "../../lib/market-schema.ts";

const PAGE = readFileSync("lib/CONFIGURATION.md", "utf8");

interface Setting {
  isRequired: boolean;
  standard: unknown;
  /** As the page's third column says it, without backticks. */
  allowed: string;
}

type Settings = Record<string, Setting>;

const propertySchema = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  default: z.unknown().optional(),
  enum: z.array(z.union([z.string(), z.number()])).optional(),
  items: z.object({ enum: z.array(z.string()) }).optional(),
  minimum: z.number().optional(),
  exclusiveMinimum: z.number().optional(),
  maximum: z.number().optional(),
});

/** The settings that the schema knows, of a market and of a brand. */
function schemaSettings(): { market: Settings; brand: Settings } {
  const fields = z.object({
    properties: z.record(z.string(), propertySchema),
    required: z.array(z.string()).default([]),
  });
  const markets = z
    .object({ additionalProperties: fields })
    .parse(z.toJSONSchema(marketsSchema, { io: "input", unrepresentable: "any" }));
  const market = markets.additionalProperties;
  const brand = z.object({ additionalProperties: fields }).parse(market.properties.brands);
  const settingsOf = (
    { properties, required }: z.infer<typeof fields>,
    refusalOf: (name: string) => string,
  ): Settings =>
    Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [
        name,
        {
          isRequired: required.includes(name),
          standard: property.default,
          allowed: allowedBy(property) ?? inWords(refusalOf(name)),
        },
      ]),
    );
  return {
    market: settingsOf(market, (name) => refusal(["M", name])),
    brand: settingsOf(brand.additionalProperties, (name) => refusal(["M", "brands", "b", name])),
  };
}

/** Values and bounds; undefined where only the schema's own words say what it takes. */
function allowedBy(property: z.infer<typeof propertySchema>): string | undefined {
  if (property.enum) return property.enum.join(", ");
  if (property.items) return `a list of ${property.items.enum.join(", ")}`;
  if (property.type === "boolean") return "true, false";
  if (property.maximum === undefined) return undefined;
  const most = property.maximum.toLocaleString("en");
  return property.minimum === undefined
    ? `above ${property.exclusiveMinimum}, up to ${most}`
    : `${property.minimum} to ${most}`;
}

/** What the schema says to a value that no setting takes. */
function refusal(path: string[]): string {
  const wrong = path.reduceRight<unknown>((value, key) => ({ [key]: value }), Symbol("wrong"));
  const issues = marketsSchema.safeParse(wrong).error?.issues ?? [];
  const found = issues.find((issue) => issue.path.join() === path.join());
  if (!found) throw new Error(`${path.join(".")} takes anything`);
  return found.message;
}

function inWords(refusal: string): string {
  return refusal.replace(/^must be /, "").replace(/^must map (.+) to (.+)$/, "$1 mapped to $2");
}

/** The cells of the page's table whose first column is headed so. */
function documentedRows(heading: string): string[][] {
  const [, table = ""] = PAGE.split(`| ${heading} | Default | Allowed | |\n|---|---|---|---|\n`);
  const [rows = ""] = table.split("\n\n");
  return rows
    .trim()
    .split("\n")
    .map((row) => row.split("|").map((cell) => cell.trim()));
}

function documentedSettings(heading: string): Settings {
  return Object.fromEntries(
    documentedRows(heading).map(([, name = "", standard = "", allowed = ""]) => [
      name.replaceAll("`", ""),
      { ...settingOf(standard), allowed: allowed.replaceAll("`", "") },
    ]),
  );
}

/** `required`, `none`, a number, or values between backticks: one, or a list of several. */
function settingOf(cell: string): Omit<Setting, "allowed"> {
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

describe("lib/CONFIGURATION.md", () => {
  it.each([
    ["Market", "market"],
    ["Brand", "brand"],
  ] as const)(
    "names every setting of a %s with its default and what is allowed, and no other",
    (heading, kind) => {
      expect(documentedSettings(heading)).toEqual(schemaSettings()[kind]);
    },
  );

  it("says how many brands a market may have", () => {
    const row = documentedRows("Market").find(([, name]) => name === "`brands`");
    // What test/lib/cloud/template-limits.test.ts finds.
    expect(row?.[4]).toContain("24 brands, however long their keys are");
  });
});
