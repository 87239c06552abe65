import { isDeepStrictEqual } from "node:util";
import type { messagingApi } from "@line/bot-sdk";
import type { Brand } from "../../shared/brand/brand.ts";
import { METRICS } from "../../shared/contract/metric-names.ts";
import { errorFields } from "../../shared/failures/bridge-error.ts";
import { HeldBack, LimitReached } from "../../shared/failures/failures.ts";
import { MessagesRefused } from "../../shared/line/failures.ts";
import { type Attempt, ensureTime } from "../../shared/queue/attempt.ts";
import type { SentParts } from "../../shared/queue/sent-parts.ts";
import { groupsOf } from "../translate/line/groups-of.ts";
import { plainMessages } from "../translate/line/plain-messages.ts";
import { MAX_MESSAGES_PER_PUSH } from "../translate/line-pushes.ts";
import type { Words } from "../translate/text/words.ts";
import type { Replies } from "./replies.ts";
import { retryKey } from "./retry-key.ts";
import { mayHaveBeenTried } from "./unknown-outcome.ts";

/** What the pushes of one Genesys message share. */
interface Pushing {
  brand: Brand;
  attempt: Attempt;
  /** Of the Genesys message. */
  id: string;
  /** User, group or room. */
  to: string;
  words: Words;
  /** How many pushes the message has, without those in the place of refused ones. */
  parts: number;
  /** What was sent before the message came back from the dead letters. */
  sent: SentParts | undefined;
  replies: Pick<Replies, "first" | "insteadOfPush" | "pushHeldBack">;
  /** In ms. */
  now(): number;
}

/**
 * Makes one push. Where LINE refuses messages in it, they go out as plain text, at the second refusal all of
 * them, under retry keys of their own. What LINE has refused is written down before anything else leaves, so
 * that each later try makes the same pushes, whatever LINE says then. `path` is the push's number in its
 * Genesys message, and the numbers of the pushes in its place; `firstNumber` that of the first answer in plain
 * text. Throws what pushing and the table throw.
 */
export async function pushPart(
  messages: readonly messagingApi.Message[],
  path: readonly number[],
  pushing: Pushing,
  firstNumber = 1,
): Promise<void> {
  if (pushing.sent?.sent.includes(path.join("."))) return;
  const refused =
    (await refusedBefore(path, pushing)) ?? (await refusedParts(messages, path, pushing));
  if (refused === undefined) return;
  const plain = plainMessages(messages, refused, pushing.words, firstNumber);
  for (const [index, group] of groupsOf(plain.messages, MAX_MESSAGES_PER_PUSH).entries()) {
    await pushPart(group, [...path, index + 1], pushing, plain.next);
  }
}

async function refusedBefore(
  path: readonly number[],
  { brand, attempt, id, sent }: Pushing,
): Promise<readonly number[] | undefined> {
  const carried = sent?.refused?.[path.join(".")];
  if (carried !== undefined || !mayHaveBeenTried(attempt)) return carried;
  return brand.refused.get(id, path);
}

/** Replies or pushes. Undefined if LINE has accepted, else the indexes of the messages that are to be plain text. */
async function refusedParts(
  messages: readonly messagingApi.Message[],
  path: readonly number[],
  pushing: Pushing,
): Promise<readonly number[] | undefined> {
  const { brand, attempt, id, to, replies } = pushing;
  const isFirst = path.join() === "1";
  if (isFirst && (await replies.first(messages))) return noteSent(path, pushing);
  ensureTime(attempt, pushing.now());
  try {
    await brand.hosts.guard("line-api", attempt, () =>
      brand.line.push(to, [...messages], retryKey(brand, id, ...path)),
    );
  } catch (error) {
    if (isFirst && error instanceof HeldBack && error.tried) await replies.pushHeldBack();
    const isLimited = isFirst && error instanceof LimitReached;
    if (isLimited && (await replies.insteadOfPush(messages))) return noteSent(path, pushing);
    const parts = partsToChange(error, messages, path, pushing.words);
    if (parts === undefined) throw error;
    await brand.refused.put(id, path, parts);
    brand.count(METRICS.sentAsText);
    brand.log.warn("LINE refused messages: they go out as plain text", {
      correlationId: id,
      push: path.join("."),
      messages: parts,
      ...errorFields(error),
    });
    return parts;
  }
  brand.count(METRICS.pushed);
  return noteSent(path, pushing);
}

/** For the dead letter, should the rest of the message become one. Never throws: LINE knows the retry key for a day. */
async function noteSent(
  path: readonly number[],
  { brand, id, parts }: Pushing,
): Promise<undefined> {
  const isAll = parts === 1 && path.length === 1;
  if (isAll) return;
  try {
    await brand.sent.add(id, path, parts);
  } catch (error) {
    brand.log.warn("Could not note a push", { correlationId: id, ...errorFields(error) });
  }
}

/** Undefined where plain text changes nothing, or the messages are not at fault. */
function partsToChange(
  error: unknown,
  messages: readonly messagingApi.Message[],
  path: readonly number[],
  words: Words,
): readonly number[] | undefined {
  if (!(error instanceof MessagesRefused)) return undefined;
  const all = [...messages.keys()];
  const named = error.messages.filter((index) => index < messages.length);
  const isFirstRefusal = path.length === 1;
  return [isFirstRefusal ? named : [], all].find(
    (parts) => !isDeepStrictEqual(plainMessages(messages, parts, words, 1).messages, messages),
  );
}
