import * as z from "zod";
import { common, type Occasion } from "./webhook-events.ts";

const member = z.looseObject({ type: z.literal("user"), userId: z.string().min(1) });
const members = z.object({ members: z.array(member).min(1) });

/**
 * What can happen in LINE besides messages, in the form of LINE's webhook but without the properties that
 * all events have (LINE Messaging API reference, Webhook event objects).
 */
export const lineEvent = z.discriminatedUnion("type", [
  z.object({ type: z.literal("unsend"), unsend: z.object({ messageId: z.string().min(1) }) }),
  /** `id` is the id of the message as it was first sent. */
  z.object({
    type: z.literal("messageEdited"),
    message: z.looseObject({
      type: z.literal("text"),
      id: z.string().min(1),
      text: z.string().min(1),
    }),
  }),
  z.object({ type: z.literal("follow"), follow: z.object({ isUnblocked: z.boolean() }) }),
  z.object({ type: z.literal("unfollow") }),
  z.object({ type: z.literal("join") }),
  z.object({ type: z.literal("leave") }),
  z.object({ type: z.literal("memberJoined"), joined: members }),
  z.object({ type: z.literal("memberLeft"), left: members }),
  z.object({
    type: z.literal("postback"),
    postback: z.object({
      data: z.string(),
      /** `date`, `time` or `datetime` of a date and time picker. */
      params: z.record(z.string(), z.string()).optional(),
    }),
  }),
  z.object({
    type: z.literal("videoPlayComplete"),
    videoPlayComplete: z.object({ trackingId: z.string().min(1) }),
  }),
  z.object({
    type: z.literal("beacon"),
    beacon: z.object({
      hwid: z.string().min(1),
      type: z.enum(["enter", "banner", "stay"]),
      dm: z.string().optional(),
    }),
  }),
  z.object({
    type: z.literal("accountLink"),
    link: z.object({ result: z.enum(["ok", "failed"]), nonce: z.string().min(1) }),
  }),
  z.object({
    type: z.literal("membership"),
    membership: z.object({ type: z.enum(["joined", "left", "renewed"]), membershipId: z.int() }),
  }),
]);
export type LineEvent = z.input<typeof lineEvent>;

type Place = "user" | "group" | "room";

const ANYWHERE: Place[] = ["user", "group", "room"];
const AMONG_SEVERAL: Place[] = ["group", "room"];

/**
 * Where LINE sends an event from, whether it says who caused it, and whether an account can reply to it
 * (LINE, Receive messages (webhook)).
 */
const RULES: Record<
  LineEvent["type"],
  { places: Place[]; isReplied: boolean; isAnonymous?: boolean }
> = {
  unsend: { places: ANYWHERE, isReplied: false },
  messageEdited: { places: ["group"], isReplied: true },
  follow: { places: ["user"], isReplied: true },
  unfollow: { places: ["user"], isReplied: false },
  join: { places: AMONG_SEVERAL, isReplied: true, isAnonymous: true },
  leave: { places: AMONG_SEVERAL, isReplied: false, isAnonymous: true },
  memberJoined: { places: AMONG_SEVERAL, isReplied: true, isAnonymous: true },
  memberLeft: { places: AMONG_SEVERAL, isReplied: false, isAnonymous: true },
  postback: { places: ANYWHERE, isReplied: true },
  videoPlayComplete: { places: ["user"], isReplied: true },
  beacon: { places: ["user"], isReplied: true },
  accountLink: { places: ["user"], isReplied: true },
  membership: { places: ["user"], isReplied: true },
};

const placed = z.looseObject({ type: z.enum(["user", "group", "room"]) });

/** The whole event as LINE sends it. @throws {Error} where LINE does not send it from such a source */
export function completeEvent(event: LineEvent, on: Occasion) {
  const parsed = lineEvent.parse(event);
  const { places, isReplied, isAnonymous = false } = RULES[parsed.type];
  const source = placed.parse(on.source);
  if (!places.includes(source.type)) {
    throw new Error(`LINE sends ${parsed.type} only from: ${places.join(", ")}`);
  }
  if (parsed.type === "accountLink" && parsed.link.result === "failed") {
    return { ...parsed, ...common({ ...on, source: undefined }, false) };
  }
  if (parsed.type === "messageEdited") {
    const message = { quoteToken: on.ids.quoteToken(), ...parsed.message };
    return { ...parsed, message, ...common(on, isReplied) };
  }
  const { userId, ...place } = source;
  return { ...parsed, ...common({ ...on, source: isAnonymous ? place : source }, isReplied) };
}
