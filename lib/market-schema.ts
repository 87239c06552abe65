import * as z from "zod";
import { brandSettingFields } from "../lambdas/shared/contract/brand-settings.ts";
import { LANGUAGES } from "../lambdas/shared/contract/languages.ts";
import { lineTemplateSchema } from "../lambdas/shared/contract/line-templates/line-template.ts";
import { AWS_REGIONS, hasCloudFront, mayBeRegion } from "./aws-regions.ts";
import { didYouMean } from "./did-you-mean.ts";
import { GENESYS_DOMAINS } from "./genesys-regions.ts";
import { TEMPLATES_WANTED } from "./templates/load-templates.ts";

const RESERVED_ATTRIBUTES = ["market", "brand"];

/** Genesys Cloud refuses every message with such a text. */
const isSayable = (text: string) => text.isWellFormed() && !text.includes("\0");
const sayable =
  "must not contain \\u0000 or half of a surrogate pair such as \\ud83d; remove it, or write the whole character";

const customAttributes = z
  .record(
    z
      .string()
      .min(1, { error: "the name of a custom attribute must not be empty" })
      .refine(isSayable, { error: `the name of a custom attribute ${sayable}` }),
    z.string({ error: "must be a string" }).refine(isSayable, { error: sayable }),
    { error: "must map names to strings" },
  )
  .refine((attributes) => !RESERVED_ATTRIBUTES.some((name) => name in attributes), {
    error: "must not contain market or brand: the bridge sets both",
  })
  .default({});

const brandName = "must be a text of 1 to 100 characters";

const brandSchema = strictFields({
  /** Value of the custom attribute `brand`, on which Architect routes. */
  brand: z
    .string({ error: brandName })
    .min(1, { error: brandName })
    .max(100, { error: brandName })
    .refine(isSayable, { error: sayable }),
  customAttributes,
  ...brandSettingFields,
  /** A file names their folder, in whose place `loadTemplates` puts them. */
  templates: z
    .record(z.string(), lineTemplateSchema, { error: TEMPLATES_WANTED })
    .nullable()
    .default(null),
});

const brandKey = z.string().regex(/^(?=.*[a-z0-9])[a-z0-9-]{1,32}$/, {
  error:
    "a brand key has 1 to 32 characters of a-z, 0-9 and -, and not only - (it is part of the webhook URLs)",
});

const awsRegion = ({ input }: { input?: unknown }) =>
  `${didYouMean(String(input), AWS_REGIONS.filter(hasCloudFront))}must be an AWS region such as ap-southeast-1`;
const withCloudFront =
  "must be a region with CloudFront, which serves the media: not one of China (cn-…), GovCloud (us-gov-…) or an isolated one (…-iso…); use another near your customers, such as ap-southeast-1 or us-west-2";
const patience = "must be a number of hours above 0 and at most 23";
const runbookUrl = "must be an https URL of at most 300 characters without #, or null";
const timeZone = "must be an IANA time zone such as Asia/Bangkok";
const identities = "must be true, false or null";
const someBrands = "must map at least one brand key to a brand's settings";

/** What CloudWatch Logs offers, up to two years. */
const LOG_RETENTION_DAYS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731] as const;

/** A market's settings; fills in the defaults. */
export const marketSchema = strictFields({
  awsRegion: z
    .string({ error: awsRegion })
    .refine(mayBeRegion, { error: awsRegion })
    .refine(hasCloudFront, { error: withCloudFront }),
  genesysRegion: z.enum(Object.keys(GENESYS_DOMAINS) as (keyof typeof GENESYS_DOMAINS)[]),
  customAttributes,
  /** How long hosted media can be fetched. LINE phones fetch it when the chat is opened, not before. */
  mediaRetentionDays: wholeNumber(1, 3650).default(90),
  /** MB up to which media is attached, above that a link. Genesys Cloud takes no more than 25. */
  attachmentMegabytes: wholeNumber(1, 25).default(25),
  /** In which customers read the dates of a date picker, and agents the time of media that comes late. */
  timeZone: z.string({ error: timeZone }).refine(isTimeZone, { error: timeZone }).default("UTC"),
  /** Of the few words that the bridge itself says to customers; what agents write stays as it is. */
  language: z.enum(LANGUAGES).default("en"),
  /** Below 24: LINE forgets a retry key after 24 h, so a later push could arrive twice. */
  patienceHours: z
    .number({ error: patience })
    .positive({ error: patience })
    .max(23, { error: patience })
    .default(12),
  /** Genesys Cloud admits 300 requests a minute per OAuth client by default. */
  requestsPerMinute: wholeNumber(1, 100_000).default(300),
  /** What API Gateway lets through of a platform's webhooks, of all brands together; the rest gets 429. */
  lineWebhooksPerSecond: wholeNumber(1, 10_000).default(100),
  lineWebhooksAtOnce: wholeNumber(1, 5_000).default(500),
  genesysWebhooksPerSecond: wholeNumber(1, 10_000).default(50),
  genesysWebhooksAtOnce: wholeNumber(1, 5_000).default(100),
  /** How long the functions' logs and the access log are kept. */
  logRetentionDays: z.literal(LOG_RETENTION_DAYS).default(30),
  alarmEmail: z.email({ error: "must be an e-mail address or null" }).nullable().default(null),
  /** Where the team reads lib/cloud/RUNBOOK.md, whose sections alarms and the dashboard name. */
  runbookUrl: z
    .url({ protocol: /^https$/, error: runbookUrl })
    .max(300, { error: runbookUrl })
    .refine((url) => !url.includes("#"), { error: runbookUrl })
    .nullable()
    .default(null),
  /** Whether the stack has a CloudWatch dashboard, which AWS bills by the month. */
  dashboard: z.boolean({ error: "must be true or false" }).default(true),
  /** Whether Genesys Cloud makes customers external contacts; null leaves it as it is there. */
  identityResolution: z.boolean({ error: identities }).nullable().default(null),
  /** Whether X-Ray traces the functions. */
  tracing: z.boolean({ error: "must be true or false" }).default(false),
  brands: z
    .record(brandKey, brandSchema, { error: someBrands })
    .refine((brands) => Object.keys(brands).length > 0, { error: someBrands }),
});

const marketName = z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,31}$/, {
  error: "a market's key starts with a letter and has up to 32 letters, digits and -",
});

const someMarkets = "must map at least one market's key to its settings";

/** The whole `markets` object; fills in the defaults. */
export const marketsSchema = z
  .record(marketName, marketSchema, { error: someMarkets })
  .refine((markets) => Object.keys(markets).length > 0, { error: someMarkets });

/**
 * An object that refuses unknown fields and names the known ones, as a misspelt field would be ignored. The message
 * has a line for each unknown field, in the order of the issue's `keys`.
 */
function strictFields<Shape extends z.ZodRawShape>(shape: Shape) {
  const known = Object.keys(shape);
  const fields = known.join(", ");
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => `${didYouMean(key, known)}allowed here: ${fields}`).join("\n")
        : `must be an object with the fields ${fields}`,
  });
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

function wholeNumber(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

export type Market = z.infer<typeof marketSchema>;
export type Markets = z.infer<typeof marketsSchema>;

/** A market together with its key, for example `Thailand`. */
export type NamedMarket = Market & { name: string };
