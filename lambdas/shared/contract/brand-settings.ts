import * as z from "zod";
import { lineTemplateSchema } from "./line-templates/line-template.ts";

/**
 * Kinds of events that agents read as a short note where the brand's `notes` name them. The others are
 * only logged.
 */
export const NOTES = [
  "unsend",
  "follow",
  "unblock",
  "unfollow",
  "join",
  "leave",
  "memberJoined",
  "memberLeft",
  "beacon",
  "accountLink",
  "membership",
  "videoPlayComplete",
] as const;

export type NoteKind = (typeof NOTES)[number];

/** Custom attributes of a message that can come from a customer's LINE profile, or a group's summary. */
export const PROFILE_ATTRIBUTES = ["lineLanguage", "linePictureUrl", "lineGroupName"] as const;

export type ProfileAttribute = (typeof PROFILE_ATTRIBUTES)[number];

// A note about somebody who has not written begins a conversation that an agent must take, so adding
// and blocking the account are only logged.
const DEFAULT_NOTES: NoteKind[] = [
  "unsend",
  "join",
  "leave",
  "memberJoined",
  "memberLeft",
  "accountLink",
  "membership",
];

const clockTime = "must be a time of day such as 21:30";

const senderName = "must be a text of 1 to 20 characters without LINE";
const senderIcon = "must be an https URL of at most 2,000 characters, of a square PNG image";

/**
 * Who a message is from, as its bubble shows.
 * https://developers.line.biz/en/reference/messaging-api/#icon-nickname-switch
 */
const senderSchema = z.strictObject(
  {
    name: z
      .string({ error: senderName })
      .min(1, { error: senderName })
      .max(20, { error: senderName })
      .refine((name) => name.isWellFormed() && !/line|\p{Cc}/iu.test(name.normalize("NFKC")), {
        error: senderName,
      })
      .exactOptional(),
    iconUrl: z
      .url({ protocol: /^https$/, error: senderIcon })
      .max(2_000, { error: senderIcon })
      .exactOptional(),
  },
  { error: oneOf("name, iconUrl") },
);

const hour = z
  .string({ error: clockTime })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: clockTime });

const quietHoursSchema = z
  .strictObject({ from: hour, to: hour }, { error: oneOf("from, to") })
  .refine(({ from, to }) => from !== to, { error: "must differ from from", path: ["to"] });

/** Says of an object which fields it may have; one line for each unknown field. */
function oneOf(fields: string) {
  return (issue: { code?: string | undefined; keys?: unknown }) =>
    issue.code === "unrecognized_keys" && Array.isArray(issue.keys)
      ? issue.keys.map(() => `allowed here: ${fields}`).join("\n")
      : `must be an object with the fields ${fields}`;
}

/**
 * The settings of a brand that the functions obey, with their defaults. A new setting is added here and
 * described in lib/CONFIGURATION.md; the `markets` configuration and `settings.json` take it from here.
 */
export const brandSettingFields = {
  /** `message`: POST …/{integrationId}/inbound/open/message; `legacy`: the deprecated POST …/inbound/open. */
  endpoint: z.enum(["message", "legacy"]).default("message"),
  /** Which receipts Genesys Cloud gets. `failed` saves requests of the minute's budget. */
  receipts: z.enum(["failed", "all"]).default("failed"),
  /** `image`: the sticker's image is attached besides its text. */
  stickers: z.enum(["text", "image"]).default("text"),
  /** `bridge`: a group or room is the customer, and each message names its author. */
  groups: z.enum(["ignore", "bridge"]).default("ignore"),
  /** Events that agents read about. */
  notes: z
    .array(z.enum(NOTES), { error: `must be a list of ${NOTES.join(", ")}` })
    .default(DEFAULT_NOTES),
  /** What Architect and agents learn of a customer besides the name. It is kept as long as the name. */
  attributes: z
    .array(z.enum(PROFILE_ATTRIBUTES), {
      error: `must be a list of ${PROFILE_ATTRIBUTES.join(", ")}`,
    })
    .default([]),
  /** What agents read of a message that a customer quotes. `text`: how it begins, which is kept for 7 days. */
  quotes: z.enum(["id", "text"]).default("id"),
  /** Whether an agent's answer marks the customer's messages as read in LINE. */
  markAsRead: z.boolean({ error: "must be true or false" }).default(false),
  /** `location`: an agent's text that is only a Google Maps link with coordinates becomes a LINE location. */
  mapsLinks: z.enum(["text", "location"]).default("text"),
  /** Whether quick replies also stand in the text, numbered: LINE for PC does not draw them. */
  choicesInText: z.boolean({ error: "must be true or false" }).default(false),
  /** Name and icon that a message shows in LINE besides the account's, by who has sent it. */
  sender: z
    .strictObject(
      { human: senderSchema.exactOptional(), bot: senderSchema.exactOptional() },
      { error: oneOf("human, bot") },
    )
    .default({}),
  /** When messages make no sound on phones, by the market's `timeZone`; `from` is later than `to` over midnight. */
  quietHours: quietHoursSchema.nullable().default(null),
  /**
   * `reply-first`: the first part of an answer goes out by a reply token where one is surely usable, which LINE does
   * not bill.
   */
  reply: z.enum(["push", "reply-first"]).default("push"),
  /**
   * What becomes of a reply of which nobody knows whether it has arrived: `push` may double it, `fail` may report it
   * failed although it has.
   */
  replyUnclear: z.enum(["push", "fail"]).default("push"),
  /** Messages that agents and bots send by their names, as `sameName` gives them. */
  templates: z.record(z.string(), lineTemplateSchema).default({}),
};

/** A brand's settings as worker and sender read them: `customAttributes` are complete, market and brand included. */
export const brandSettingsSchema = z.object({
  ...brandSettingFields,
  customAttributes: z.record(z.string(), z.string()),
});

export type BrandSettings = z.infer<typeof brandSettingsSchema>;
