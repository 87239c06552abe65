import * as z from "zod";
import { retryKey } from "../../../lambdas/outbound/sender/retry-key.ts";
import { groupIds } from "../../../lambdas/shared/contract/group-ids.ts";
import type { QueueStep } from "../functions/event-source.ts";
import { callName } from "./call-name.ts";
import { keepLast } from "./keep-last.ts";
import type { WayKey } from "./message-way.ts";
import { jsonOf } from "./payload-text.ts";
import { queueStepKey } from "./queue-step-key.ts";
import type { Call } from "./watch-calls.ts";
import type { WebhookMessage } from "./webhook-content.ts";

/** Ten for each of 500 messages. */
const MAX_IDS = 5_000;

/** The message that a call is about. */
interface Owner {
  key: WayKey;
  /** Which push of the message it is; a reply stands for the first one. */
  part?: string | undefined;
}

/** Knows which message a call of the bridge is about, by ids alone: a brand and a time would be a guess. */
export interface CallOwners {
  /** An accepted webhook: its ids are known from now on. */
  learn(message: WebhookMessage): void;
  /** Which messages a function has in hand. */
  step(step: QueueStep): void;
  /** Undefined where the call names no message, or more than one could be meant. */
  ownerOf(call: Call): Owner | undefined;
}

const inbound = z.object({ channel: z.object({ messageId: z.string() }) });
const receipt = z.object({ id: z.string() });
const reply = z.object({ replyToken: z.string() });
const loading = z.object({ chatId: z.string() });
const readMark = z.object({ markAsReadToken: z.string() });

export function createCallOwners(): CallOwners {
  const owners = new Map<string, Owner>();
  const groups = new Map<string, string>();
  const inHand = new Map<string, { key: WayKey; groupId: string }>();
  const begun = new Map<string, true>();

  const know = (id: string | undefined, owner: Owner) => {
    if (id !== undefined) keepLast(owners, id, owner, MAX_IDS);
  };
  const knowPush = (key: WayKey, path: number[]) =>
    know(`push ${retryKey({ key: key.brand }, key.correlationId, ...path)}`, {
      key,
      part: path.join("."),
    });

  /** The only message of this group that a function has in hand. */
  const onlyInHand = (isIts: (groupId: string) => boolean): WayKey | undefined => {
    const [one, another] = [...inHand.values()].filter(
      ({ key, groupId }) => isIts(groupId) && !begun.has(wayName(key)),
    );
    return another === undefined ? one?.key : undefined;
  };

  const ofPush = ({ request, answer }: Call): Owner | undefined => {
    const owner = owners.get(`push ${String(request.headers["x-line-retry-key"]).toLowerCase()}`);
    const path = owner?.part?.split(".").map(Number);
    if (owner === undefined || path === undefined) return undefined;
    // What comes next: the following push, and those in the place of what LINE refuses.
    knowPush(owner.key, [...path.slice(0, -1), (path.at(-1) ?? 0) + 1]);
    if (answer?.status === 400) knowPush(owner.key, [...path, 1]);
    return owner;
  };

  const ofReply = (body: unknown): Owner | undefined => {
    const groupId = groups.get(reply.safeParse(body).data?.replyToken ?? "");
    const key = groupId && onlyInHand((one) => one === groupId);
    return key ? { key, part: "1" } : undefined;
  };

  const ofLoading = (body: unknown): Owner | undefined => {
    const { chatId } = loading.safeParse(body).data ?? {};
    const key = chatId && onlyInHand((groupId) => groupId.endsWith(groupIds.typing("", chatId)));
    return key ? { key } : undefined;
  };

  const find = (call: Call): Owner | undefined => {
    const { name, id } = callName(call.to, call.request);
    const body = jsonOf(call.request.body);
    switch (name) {
      case "push":
        return ofPush(call);
      case "reply":
        return ofReply(body);
      case "loading animation":
        return ofLoading(body);
      case "read mark":
        return owners.get(`read ${readMark.safeParse(body).data?.markAsReadToken}`);
      case "message":
      case "structured response":
        return owners.get(`line ${inbound.safeParse(body).data?.channel.messageId.split("#")[0]}`);
      case "receipt":
        return owners.get(`genesys ${receipt.safeParse(body).data?.id}`);
      case "content":
        return owners.get(`line ${id}`);
      case "download":
        return owners.get(`download ${id}`);
      default:
        return undefined;
    }
  };

  return {
    learn({ key, messageId, replyToken, markAsReadToken, chatId, downloadIds }) {
      if (key.from === "LINE") {
        know(`line ${key.correlationId}`, { key });
        if (messageId !== undefined) know(`line ${messageId}`, { key });
        if (markAsReadToken !== undefined) know(`read ${markAsReadToken}`, { key });
        if (replyToken !== undefined && chatId !== undefined) {
          keepLast(groups, replyToken, groupIds.customer(key.brand, chatId), MAX_IDS);
        }
        return;
      }
      know(`genesys ${key.correlationId}`, { key });
      // A first push that was a reply has no retry key.
      for (const part of [1, 2]) knowPush(key, [part]);
      for (const id of downloadIds) know(`download ${id}`, { key });
    },
    step(step) {
      const key = queueStepKey(step);
      const id = `${step.service} ${step.groupId} ${step.deduplicationId}`;
      if (step.what === "taken" && key.from === "Genesys") {
        keepLast(inHand, id, { key, groupId: step.groupId }, MAX_IDS);
      } else {
        inHand.delete(id);
      }
    },
    ownerOf(call) {
      const owner = find(call);
      const isBegun = owner?.part === "1" && call.answer !== undefined && call.answer.status < 300;
      if (owner !== undefined && isBegun) keepLast(begun, wayName(owner.key), true, MAX_IDS);
      return owner;
    },
  };
}

function wayName({ brand, correlationId }: WayKey): string {
  return `${brand} ${correlationId}`;
}
