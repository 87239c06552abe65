import type { messagingApi } from "@line/bot-sdk";
import * as z from "zod";
import { outcomeOf } from "../platform/http-outcome.ts";
import { createCallLine } from "./call-line.ts";
import { isAlreadyAccepted } from "./failures.ts";

const PUSH_TIMEOUT_MS = 10_000;
/** For what only adds comfort and must not hold a customer up. */
const SIDE_CALL_TIMEOUT_MS = 1_000;
const QUOTA_TIMEOUT_MS = 5_000;

// They only add to the name, so another shape counts as none.
const language = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,35}$/)
  .nullish()
  .catch(undefined);
const pictureUrl = z
  .url({ protocol: /^https$/ })
  .max(1_000)
  .nullish()
  .catch(undefined);
const profileAnswer = z.object({ displayName: z.string(), language, pictureUrl });
const groupAnswer = z.object({ groupName: z.string(), pictureUrl });
const quotaAnswer = z.object({ type: z.string(), value: z.number().optional() });
const sentAnswer = z.object({ sentMessages: z.array(z.object({ id: z.string() })) });
const consumptionAnswer = z.object({ totalUsage: z.number() });

/** Someone or something in LINE that has a name. LINE has no names for rooms. */
export type LineParty =
  | { userId: string }
  | { groupId: string }
  | { groupId: string; memberId: string }
  | { roomId: string; memberId: string };

/** What LINE tells of a user, group or member; `language` of users only, as a BCP 47 tag. */
export interface LineProfile {
  displayName: string;
  language?: string | undefined;
  pictureUrl?: string | undefined;
}

type Message = messagingApi.Message;

/** `notificationDisabled`: the customer's phone shows the messages and gives no sound. */
export type SendOptions = Pick<messagingApi.PushMessageRequest, "notificationDisabled">;

/** LINE's ids of the messages, in order; none where its answer does not tell them. */
type SentIds = readonly string[];

/**
 * The part of the LINE Messaging API that the bridge calls, for one account. Each call throws RetryableFailure,
 * ConfigurationFailure or PermanentFailure.
 */
export interface LineClient {
  /**
   * Pushes 1 to 5 messages to a user, group or room. `retryKey` (a UUID) makes a repetition within
   * 24 h harmless: LINE answers 409 and this resolves as before.
   * https://developers.line.biz/en/reference/messaging-api/#send-push-message
   */
  push(to: string, messages: Message[], retryKey: string, options?: SendOptions): Promise<SentIds>;
  /**
   * Sends 1 to 5 messages to where the token came from, free of charge; once within a minute of its webhook.
   * LINE takes no retry key here. Throws OutcomeUnclear where the messages may have arrived.
   * https://developers.line.biz/en/reference/messaging-api/#send-reply-message
   */
  reply(replyToken: string, messages: Message[], options?: SendOptions): Promise<SentIds>;
  /**
   * The profile of a user or member, or the summary of a group, whose name is its `displayName`.
   * https://developers.line.biz/en/reference/messaging-api/#get-profile
   */
  profile(party: LineParty): Promise<LineProfile>;
  /**
   * Shows that the account is about to write, for 5 to 60 s in steps of 5; to users only.
   * https://developers.line.biz/en/reference/messaging-api/#display-a-loading-indicator
   */
  showLoading(userId: string, seconds: number): Promise<void>;
  /**
   * Marks the message that came with this token, and all before it, as read.
   * https://developers.line.biz/en/reference/messaging-api/#mark-as-read
   */
  markAsRead(markAsReadToken: string): Promise<void>;
  /**
   * Messages a month that the account's plan holds (undefined: no limit) and how many are used, those
   * sent in LINE Official Account Manager included.
   * https://developers.line.biz/en/reference/messaging-api/#get-quota
   */
  quota(): Promise<{ limit: number | undefined; used: number }>;
}

export function createLineClient(deps: Parameters<typeof createCallLine>[0]): LineClient {
  const call = createCallLine(deps);
  const get = (path: string, timeoutMs: number) => call({ path, timeoutMs });
  /** What only adds comfort. */
  const post = (path: string, body: object) =>
    call({ method: "POST", path, body, timeoutMs: SIDE_CALL_TIMEOUT_MS });

  return {
    async push(to, messages, retryKey, options) {
      const body: messagingApi.PushMessageRequest = { to, messages, ...options };
      const answer = await call({
        method: "POST",
        path: "/v2/bot/message/push",
        headers: { "x-line-retry-key": retryKey },
        body,
        timeoutMs: PUSH_TIMEOUT_MS,
        isCarriedOut: isAlreadyAccepted,
      });
      return sentIds(answer);
    },
    async reply(replyToken, messages, options) {
      const body: messagingApi.ReplyMessageRequest = { replyToken, messages, ...options };
      const answer = await call({
        method: "POST",
        path: "/v2/bot/message/reply",
        body,
        timeoutMs: PUSH_TIMEOUT_MS,
        isCarriedOut: ({ status }) => outcomeOf(status) === "accepted",
        isUnrepeatable: true,
      });
      return sentIds(answer);
    },
    async profile(party) {
      const answer = await get(profilePath(party), SIDE_CALL_TIMEOUT_MS);
      const group = groupAnswer.safeParse(answer).data;
      const { displayName, ...more } = group
        ? { displayName: group.groupName, language: undefined, pictureUrl: group.pictureUrl }
        : profileAnswer.parse(answer);
      return {
        displayName,
        language: more.language ?? undefined,
        pictureUrl: more.pictureUrl ?? undefined,
      };
    },
    async showLoading(userId, loadingSeconds) {
      const body: messagingApi.ShowLoadingAnimationRequest = { chatId: userId, loadingSeconds };
      await post("/v2/bot/chat/loading/start", body);
    },
    async markAsRead(markAsReadToken) {
      const body: messagingApi.MarkMessagesAsReadByTokenRequest = { markAsReadToken };
      await post("/v2/bot/chat/markAsRead", body);
    },
    async quota() {
      const [quota, consumption] = await Promise.all([
        get("/v2/bot/message/quota", QUOTA_TIMEOUT_MS),
        get("/v2/bot/message/quota/consumption", QUOTA_TIMEOUT_MS),
      ]);
      const { type, value } = quotaAnswer.parse(quota);
      const { totalUsage } = consumptionAnswer.parse(consumption);
      return { limit: type === "limited" ? value : undefined, used: totalUsage };
    },
  };
}

function sentIds(answer: unknown): SentIds {
  return sentAnswer.safeParse(answer).data?.sentMessages.map(({ id }) => id) ?? [];
}

function profilePath(party: LineParty): string {
  const path = (...parts: string[]) => ["/v2/bot", ...parts.map(encodeURIComponent)].join("/");
  if ("userId" in party) return path("profile", party.userId);
  if ("roomId" in party) return path("room", party.roomId, "member", party.memberId);
  if ("memberId" in party) return path("group", party.groupId, "member", party.memberId);
  return path("group", party.groupId, "summary");
}
