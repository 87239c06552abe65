import * as z from "zod";
import { type EventTokens, SLOTS } from "./customer.ts";

/** What an event tells of a customer: that they were there at `at` (ms), and what it brings for answers to it. */
export interface Heard extends EventTokens {
  at: number;
}

/** What several events tell, the oldest first. */
export interface News {
  heard: readonly Heard[];
  /** Those of them whose reply tokens are to be kept. */
  replies: readonly (Heard & Required<Pick<Heard, "replyToken">>)[];
}

const times = z.object({
  heardAt: z.number().optional(),
  tokenAt: z.number().optional(),
  blockedAt: z.number().optional(),
});

/**
 * What of these events a stored item does not say yet. A reply token is kept only if its event is newer than all
 * whose token was kept before, so that no event that comes again brings back a token that has been used. What happened
 * before the customer blocked the account is no news after that. `isAgain`: the events have been taken up before, so
 * one of the time that is stored is no news.
 */
export function newsIn(heard: readonly Heard[], stored: unknown, isAgain: boolean): News {
  const { heardAt = -1, tokenAt = -1, blockedAt = -1 } = times.safeParse(stored).data ?? {};
  const news = heard
    .filter(({ at }) => at >= blockedAt && (isAgain ? at > heardAt : at >= heardAt))
    .toSorted((one, other) => one.at - other.at);
  const seen = new Set<string>();
  const replies = news.flatMap(({ replyToken, ...rest }) => {
    // SQS may store an event twice.
    if (replyToken === undefined || rest.at <= tokenAt || seen.has(replyToken.token)) return [];
    seen.add(replyToken.token);
    return [{ ...rest, replyToken }];
  });
  return { heard: news, replies };
}

/** A write of news to an item, for DynamoDB's expressions. Of no news there is none. */
export function writeOf({ heard, replies }: News) {
  const [oldest, newest] = [heard[0], heard.at(-1)];
  if (oldest === undefined || newest === undefined) return undefined;
  const markAsReadToken = heard.findLast((each) => each.markAsReadToken)?.markAsReadToken;
  const tokens = replies.map(({ replyToken }) => replyToken).reverse();
  const kept = SLOTS.slice(0, tokens.length);
  /** Older tokens move on by as many slots as there are new ones. */
  const moved = tokens.length > 0 ? SLOTS.slice(kept.length) : [];
  const firstReply = replies[0];
  return {
    changes: {
      heardAt: newest.at,
      ...(markAsReadToken !== undefined && { markAsReadToken }),
      ...(firstReply !== undefined && { tokenAt: replies.at(-1)?.at }),
      ...Object.fromEntries(kept.map((slot, index) => [slot, tokens[index]])),
    },
    also: moved.map((slot, index) => `${slot} = if_not_exists(${SLOTS[index]}, :none)`),
    // As if the events were written one after the other: each is newer than what the item then says.
    condition: [
      "(attribute_not_exists(heardAt) OR heardAt <= :oldest)",
      "(attribute_not_exists(blockedAt) OR blockedAt <= :oldest)",
      ...(firstReply === undefined
        ? []
        : ["(attribute_not_exists(tokenAt) OR tokenAt < :firstReply)"]),
    ].join(" AND "),
    values: {
      oldest: oldest.at,
      ...(firstReply !== undefined && { firstReply: firstReply.at }),
      ...(moved.length > 0 && { none: null }),
    },
  };
}
