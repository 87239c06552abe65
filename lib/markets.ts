import * as z from "zod";
import {
  type BrandSettings,
  brandSettingsSchema,
} from "../lambdas/shared/contract/brand-settings.ts";
import { describeIssue } from "./describe-issue.ts";
import { type Market, type Markets, marketsSchema } from "./market-schema.ts";
import { MarketsError } from "./markets-error.ts";
import { readJson } from "./read-json.ts";
import { loadTemplates } from "./templates/load-templates.ts";

export type { Market, Markets, NamedMarket } from "./market-schema.ts";

/** In bytes, of a market's `settings.json`: the sender reads it whenever it starts, in some ms for each 100,000. */
const MAX_SETTINGS = 1_000_000;

/**
 * Checks a `markets` object (from `cdk.json` or another JSON file in `directory`), reads the brands' templates and
 * fills in the defaults. Throws MarketsError.
 */
export function parseMarkets(input: unknown, directory = process.cwd()): Markets {
  const loaded = loadTemplates(input, directory);
  const result = marketsSchema.safeParse(loaded.markets);
  const faults = result.success
    ? [
        ...lookalikeMarkets(result.data),
        ...repeatedBrandKeys(result.data),
        ...lookalikeBrandKeys(result.data),
        ...largeSettings(result.data),
      ]
    : result.error.issues.flatMap((issue) => describeIssue(issue, loaded.markets));
  faults.push(...loaded.faults);
  if (faults.length > 0 || !result.success) throw new MarketsError(faults);
  return result.data;
}

/**
 * Parses the text of a JSON file in `directory` that holds `markets` (as `cdk.json` does under `context`, or at
 * the top, or the object itself). Unlike JSON.parse it refuses a key that stands twice in one
 * object, which would silently drop a brand. Throws MarketsError.
 */
export function readMarkets(text: string, directory?: string): Markets {
  const json = readJson(text);
  if ("faults" in json) throw new MarketsError(json.faults);
  return parseMarkets(findMarkets(json.value), directory);
}

const holder = z.object({ markets: z.unknown() });
const cdkJson = z.object({ context: holder });

function findMarkets(value: unknown): unknown {
  const inContext = cdkJson.safeParse(value);
  if (inContext.success && inContext.data.context.markets !== undefined) {
    return inContext.data.context.markets;
  }
  const atTop = holder.safeParse(value);
  return atTop.success && atTop.data.markets !== undefined ? atTop.data.markets : value;
}

/** Stack names and template files must differ where letter case does not count. */
function lookalikeMarkets(markets: Markets): string[] {
  return lookalikes(Object.keys(markets), (name) => name.toLowerCase()).map(
    ([name, first]) =>
      `markets.${name}: the key "${name}" differs from "${first}" only in letter case; rename one of them`,
  );
}

/** A brand key names one brand in every URL, log line and metric, so it is unique over all markets. */
function repeatedBrandKeys(markets: Markets): string[] {
  const owner = new Map<string, string>();
  return Object.entries(markets).flatMap(([name, market]) =>
    Object.keys(market.brands).flatMap((key) => {
      const first = owner.get(key);
      owner.set(key, first ?? name);
      return first === undefined
        ? []
        : [
            `markets.${name}.brands.${key}: the brand key "${key}" is already used in markets.${first}; each brand key must be unique`,
          ];
    }),
  );
}

/** `retail-2` and `retail2` would share one set of stack outputs. */
function lookalikeBrandKeys(markets: Markets): string[] {
  return Object.entries(markets).flatMap(([name, market]) =>
    lookalikes(Object.keys(market.brands), outputPrefix).map(
      ([key, first]) =>
        `markets.${name}.brands.${key}: the brand key "${key}" is too close to "${first}": both name the stack outputs ${outputPrefix(key)}…; rename one of them`,
    ),
  );
}

function largeSettings(markets: Markets): string[] {
  return Object.entries(markets).flatMap(([name, market]) => {
    const size = Buffer.byteLength(JSON.stringify(brandSettings(name, market)));
    if (size <= MAX_SETTINGS) return [];
    return `markets.${name}: the settings of its brands have ${size} bytes, their templates included, and a function takes ${MAX_SETTINGS}; shorten templates, or leave some out`;
  });
}

/** Pairs of a name and the first name before it that has the same fingerprint. */
function lookalikes(names: string[], fingerprint: (name: string) => string): [string, string][] {
  const firsts = new Map<string, string>();
  return names.flatMap((name): [string, string][] => {
    const first = firsts.get(fingerprint(name));
    firsts.set(fingerprint(name), first ?? name);
    return first === undefined ? [] : [[name, first]];
  });
}

/** The market with this name. Throws MarketsError where there is none. */
export function marketNamed(markets: Markets, name: string): Market {
  const market = Object.hasOwn(markets, name) ? markets[name] : undefined;
  if (market !== undefined) return market;
  const allowed = Object.keys(markets).join(", ");
  throw new MarketsError([`markets.${name}: is missing; allowed: ${allowed}`]);
}

/** Name of a market's stack, and of its dashboard. */
export function stackName(market: string): string {
  return `LineGenesysBridge-${market}`;
}

/** How a brand's stack outputs begin: `retail-thai` → `RetailThai`, as in `RetailThaiLineWebhookUrl`. */
export function outputPrefix(brandKey: string): string {
  return brandKey
    .split("-")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join("");
}

/** The content of the functions' `settings.json`: each brand's settings with its final custom attributes. */
export function brandSettings(marketName: string, market: Market): Record<string, BrandSettings> {
  return Object.fromEntries(
    Object.entries(market.brands).map(([key, brand]) => {
      const customAttributes = {
        market: marketName,
        brand: brand.brand,
        ...market.customAttributes,
        ...brand.customAttributes,
      };
      const templates = brand.templates ?? {};
      return [key, brandSettingsSchema.parse({ ...brand, templates, customAttributes })];
    }),
  );
}
