import * as z from "zod";

/** A line on a customer's phone, with what the demo needs of it. */
export const phoneLine = z.object({
  id: z.string(),
  from: z.enum(["customer", "account"]),
  /** What can be read without opening anything. */
  text: z.string(),
  /** LINE's message object. */
  message: z.looseObject({ type: z.string() }),
});
export type PhoneLine = z.infer<typeof phoneLine>;

/** A line on an agent's desktop. */
export const desktopLine = z.object({
  direction: z.string(),
  text: z.string().default(""),
  attachments: z.array(
    z.object({ mediaType: z.string(), url: z.string(), filename: z.string().default("") }),
  ),
  buttonResponse: z.object({ type: z.string(), payload: z.string() }).optional(),
});
export type DesktopLine = z.infer<typeof desktopLine>;

/** Actions of LINE's messages that the demo's customers can take. */
const tap = z.union([
  z.object({
    type: z.enum(["postback", "datetimepicker"]),
    label: z.string(),
    data: z.string(),
    displayText: z.string().optional(),
    mode: z.string().optional(),
  }),
  z.object({ type: z.literal("uri"), label: z.string(), uri: z.string() }),
]);
export type Tap = z.infer<typeof tap>;

/** For example `Which size? [S] [M] [L]`. */
export function readPhoneLine({ text, message }: PhoneLine): string {
  return [text, ...tapsOf(message).map(({ label }) => `[${label}]`)].join(" ");
}

/** For example `[QuickReply size-m] M` for a tap, or `[Image photo.jpg]`. */
export function readDesktopLine({ text, attachments, buttonResponse }: DesktopLine): string {
  const tapped = buttonResponse && `[${buttonResponse.type} ${buttonResponse.payload}]`;
  const media = attachments.map(({ mediaType, filename }) => `[${mediaType} ${filename}]`);
  return [tapped, text, ...media].filter(Boolean).join(" ");
}

/** Everything in a message object that can be tapped, at any depth. */
export function tapsOf(message: unknown): Tap[] {
  return parts(message).flatMap((part) => tap.safeParse(part).data ?? []);
}

/** The web addresses in a message object, at any depth. */
export function urlsIn(message: unknown): string[] {
  return parts(message).filter(
    (part): part is string => typeof part === "string" && /^https?:\/\//.test(part),
  );
}

function parts(value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) return [value];
  return [value, ...Object.values(value).flatMap(parts)];
}
