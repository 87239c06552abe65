import { type ParseError, parse, printParseErrorCode, visit } from "jsonc-parser";
import * as z from "zod";
import { GENESYS_DOMAINS } from "./genesys-regions.ts";

/** Lambda allows 4 KB for all environment variables; this leaves room for the other variables. */
const MAX_BRANDS_BYTES = 3_000;

const RESERVED_ATTRIBUTES = ["market", "brand"];

const customAttributes = z
  .record(z.string().min(1), z.string(), { error: "must map names to strings" })
  .refine((attributes) => !RESERVED_ATTRIBUTES.some((name) => name in attributes), {
    error: "must not contain market or brand: the bridge sets both",
  })
  .default({});

const brandSchema = z.strictObject({
  /** Value of the custom attribute `brand`, on which Architect routes. */
  brand: z.string().min(1).max(100),
  /** `message`: POST …/{integrationId}/inbound/open/message; `legacy`: the deprecated POST …/inbound/open. */
  endpoint: z.enum(["message", "legacy"]).default("message"),
  customAttributes,
  /** Which receipts Genesys gets: `failed` saves the budget of requests a minute. */
  receipts: z.enum(["failed", "all"]).default("failed"),
  stickers: z.enum(["text", "image"]).default("text"),
  groups: z.enum(["ignore", "bridge"]).default("ignore"),
  reply: z.enum(["push", "reply-first"]).default("push"),
});

const brandKey = z.string().regex(/^[a-z0-9-]{1,32}$/, {
  error: "a brand key has 1 to 32 characters of a-z, 0-9 and - (it is part of the webhook URLs)",
});

const marketSchema = z.strictObject({
  awsRegion: z.string().regex(/^[a-z]{2,4}(-[a-z]+)+-\d$/, {
    error: "must be an AWS region such as ap-southeast-1",
  }),
  genesysRegion: z.enum(Object.keys(GENESYS_DOMAINS) as (keyof typeof GENESYS_DOMAINS)[]),
  customAttributes,
  mediaRetentionDays: z.int().min(1).max(3650).default(90),
  /** Below 24: LINE forgets a retry key after 24 h, so a later push could arrive twice. */
  patienceHours: z.number().min(1).max(23).default(12),
  /** Genesys Cloud admits 300 requests a minute per OAuth client by default. */
  requestsPerMinute: z.int().min(1).default(300),
  alarmEmail: z.email().nullable().default(null),
  brands: z
    .record(brandKey, brandSchema)
    .refine((brands) => Object.keys(brands).length > 0, { error: "needs at least one brand" }),
});

const marketName = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,31}$/, {
  error: "a market's key starts with a letter and has up to 32 letters, digits and -",
});

const marketsSchema = z
  .record(marketName, marketSchema)
  .refine((markets) => Object.keys(markets).length > 0, { error: "needs at least one market" });

export type Brand = z.infer<typeof brandSchema>;
export type Market = z.infer<typeof marketSchema>;
export type Markets = z.infer<typeof marketsSchema>;

/** The `markets` entry cannot be used; the message lists every fault with its path, value and what is allowed. */
export class MarketsError extends Error {
  override name = "MarketsError";
  constructor(faults: string[]) {
    super(
      `The markets configuration has ${faults.length} fault(s):\n${faults.map((fault) => `  ${fault}`).join("\n")}`,
    );
  }
}

/**
 * Checks a `markets` object (from `cdk.json` or another JSON file) and fills in the defaults.
 * Throws MarketsError.
 */
export function parseMarkets(input: unknown): Markets {
  const result = marketsSchema.safeParse(input);
  const faults = result.success
    ? [...repeatedBrandKeys(result.data), ...oversizedBrands(result.data)]
    : result.error.issues.flatMap((issue) => describeIssue(issue, input));
  if (faults.length > 0 || !result.success) throw new MarketsError(faults);
  return result.data;
}

/**
 * Parses the text of a JSON file that holds `markets` (as `cdk.json` does under `context`, or at
 * the top, or the object itself). Unlike JSON.parse it refuses a key that stands twice in one
 * object, which would silently drop a brand. Throws MarketsError.
 */
export function readMarkets(text: string): Markets {
  const faults = repeatedKeys(text);
  const syntax: ParseError[] = [];
  const value: unknown = parse(text, syntax);
  for (const error of syntax) {
    faults.push(`not valid JSON: ${printParseErrorCode(error.error)} at offset ${error.offset}`);
  }
  if (faults.length > 0) throw new MarketsError(faults);
  return parseMarkets(findMarkets(value));
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

function repeatedKeys(text: string): string[] {
  const faults: string[] = [];
  const objects: Set<string>[] = [];
  visit(text, {
    onObjectBegin: () => {
      objects.push(new Set());
    },
    onObjectEnd: () => {
      objects.pop();
    },
    onObjectProperty: (key, _offset, _length, _line, _character, path) => {
      const keys = objects.at(-1);
      if (keys?.has(key)) {
        faults.push(
          `${[...path(), key].join(".")}: the key "${key}" stands twice; each key must be unique`,
        );
      }
      keys?.add(key);
    },
  });
  return faults;
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

function oversizedBrands(markets: Markets): string[] {
  return Object.entries(markets).flatMap(([name, market]) => {
    const bytes = Buffer.byteLength(brandsVariable(name, market));
    return bytes <= MAX_BRANDS_BYTES
      ? []
      : [
          `markets.${name}.brands: ${bytes} bytes of settings; ${MAX_BRANDS_BYTES} fit into a function's environment: shorten the custom attributes or split the market`,
        ];
  });
}

/** The value of the functions' BRANDS variable: each brand's settings with its final custom attributes. */
export function brandsVariable(marketName: string, market: Market): string {
  const brands = Object.entries(market.brands).map(([key, brand]) => [
    key,
    {
      endpoint: brand.endpoint,
      receipts: brand.receipts,
      customAttributes: {
        market: marketName,
        brand: brand.brand,
        ...market.customAttributes,
        ...brand.customAttributes,
      },
    },
  ]);
  return JSON.stringify(Object.fromEntries(brands));
}

function describeIssue(issue: z.core.$ZodIssue, input: unknown): string[] {
  const path = ["markets", ...issue.path.map(String)].join(".");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map(
      (key) => `${path}.${key}: unknown field; allowed here: ${allowedFields(issue.path)}`,
    );
  }
  const value = valueAt(input, issue.path);
  if (value === undefined) return [`${path}: is missing; ${allowed(issue)}`];
  return [`${path}: ${JSON.stringify(value)} is not allowed; ${allowed(issue)}`];
}

function allowed(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_value":
      return `allowed: ${issue.values.map(String).join(", ")}`;
    case "invalid_key":
      return issue.issues.map((inner) => inner.message).join("; ");
    default:
      return issue.message;
  }
}

function allowedFields(path: PropertyKey[]): string {
  const schema = path.includes("brands") ? brandSchema : marketSchema;
  return Object.keys(schema.shape).join(", ");
}

function valueAt(input: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined,
    input,
  );
}
