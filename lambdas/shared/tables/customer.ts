import * as z from "zod";
import type { LineProfile } from "../line/client.ts";

/** What the table keeps of a customer (a user, group or room) or of a group's member. */
export interface Customer {
  /** What LINE told, of which only what the brand's `attributes` name is kept besides the name. */
  profile: (LineProfile & { isStale: boolean }) | undefined;
  /** Has blocked the account (or removed it from the group) and not been heard of since. */
  isBlocked: boolean;
  /** Of the customer's newest message that no agent has answered; kept only where a brand marks messages as read. */
  markAsReadToken: string | undefined;
  /** Of the customer's newest events with such a token, the newest first; at most four, none of them used. */
  replyTokens: readonly StoredReplyToken[];
}

/** What lets the account reply to an event, once and within a minute of its webhook. */
interface ReplyToken {
  token: string;
  /** When the webhook has arrived, in ms. */
  receivedAt: number;
}

export interface StoredReplyToken extends ReplyToken {
  slot: Slot;
}

/** What an event brings for answers to it. */
export interface EventTokens {
  markAsReadToken?: string;
  replyToken?: ReplyToken;
}

export const DAY_MS = 86_400_000;

/** How long a profile is kept; it is asked for again once a day while the customer writes. */
export const PROFILE_DAYS = 90;

/** Attributes for reply tokens, the newest first: an answer may come when the customer has already written again. */
export const SLOTS = ["rt1", "rt2", "rt3", "rt4"] as const;
type Slot = (typeof SLOTS)[number];

/** Attributes that hold tokens. */
export const TOKENS = ["markAsReadToken", ...SLOTS] as const;

/** Attributes that hold what LINE's profile tells. */
export const PROFILE = ["displayName", "lineLanguage", "linePictureUrl", "namedAt"] as const;

const replyToken = z.object({ token: z.string(), receivedAt: z.number() }).nullish();

const item = z.object({
  displayName: z.string().optional(),
  lineLanguage: z.string().nullish(),
  linePictureUrl: z.string().nullish(),
  namedAt: z.number().optional(),
  heardAt: z.number().optional(),
  blockedAt: z.number().optional(),
  markAsReadToken: z.string().optional(),
  rt1: replyToken,
  rt2: replyToken,
  rt3: replyToken,
  rt4: replyToken,
  expiresAt: z.number(),
});

/** Somebody of whom nothing is known. */
export const UNKNOWN: Customer = {
  profile: undefined,
  isBlocked: false,
  markAsReadToken: undefined,
  replyTokens: [],
};

/** What an item of the table says; `now` in ms. Somebody unknown for anything else. */
export function customerFrom(stored: unknown, now: number): Customer {
  const { data } = item.safeParse(stored);
  // DynamoDB deletes expired items late.
  if (data === undefined || data.expiresAt * 1_000 <= now) return UNKNOWN;
  const {
    displayName,
    lineLanguage,
    linePictureUrl,
    namedAt = 0,
    heardAt = 0,
    blockedAt,
    markAsReadToken,
  } = data;
  return {
    profile:
      // A sign of life renews an item that had expired and that DynamoDB had not deleted yet.
      displayName === undefined || now - namedAt > PROFILE_DAYS * DAY_MS
        ? undefined
        : {
            displayName,
            ...(lineLanguage && { language: lineLanguage }),
            ...(linePictureUrl && { pictureUrl: linePictureUrl }),
            isStale: now - namedAt > DAY_MS,
          },
    isBlocked: blockedAt !== undefined && blockedAt > heardAt,
    markAsReadToken,
    replyTokens: SLOTS.flatMap((slot) => {
      const stored = data[slot];
      return stored ? { slot, ...stored } : [];
    }),
  };
}

/** A profile as it is stored. A field that is there without a value takes the place of what was stored. */
export function profileItem(profile: LineProfile): Record<string, string | null> {
  const { displayName, language = null, pictureUrl = null } = profile;
  return {
    displayName,
    ...("language" in profile && { lineLanguage: language }),
    ...("pictureUrl" in profile && { linePictureUrl: pictureUrl }),
  };
}
