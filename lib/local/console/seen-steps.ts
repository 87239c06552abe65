import * as z from "zod";
import type { QueueStep } from "../functions/event-source.ts";
import type { GatewayBodies, GatewayRequest } from "../gateway/gateway.ts";
import { callName } from "./call-name.ts";
import { createCallOwners } from "./call-owners.ts";
import type { MessageWay, WayKey } from "./message-way.ts";
import type { MessageWays } from "./message-ways.ts";
import { jsonOf, payloadText } from "./payload-text.ts";
import { queueStepKey } from "./queue-step-key.ts";
import { SEEN } from "./seen-words.ts";
import type { Call } from "./watch-calls.ts";
import { webhookMessages, webhookOf } from "./webhook-content.ts";

/** The bridge can call a platform because of a webhook before that is answered. */
const MAX_UNOWNED = 50;

/** What the local run itself sees of messages. Each tells the ways that it has changed. */
export interface SeenSteps {
  webhook(request: GatewayRequest, bodies: GatewayBodies): MessageWay[];
  call(call: Call): MessageWay[];
  queue(step: QueueStep): MessageWay[];
}

const sentMessages = z.object({ sentMessages: z.array(z.object({ id: z.string() })).min(1) });

/** Adds what the local run sees to the ways of the messages. */
export function createSeenSteps(ways: MessageWays): SeenSteps {
  const owners = createCallOwners();
  let unowned: Call[] = [];
  let lastNumber = 0;

  const addExchange = (
    key: WayKey,
    seen: { at: number; service: string; message: string; status: number; milliseconds: number },
    bodies: { sent: unknown; answer: unknown },
    fields: Record<string, unknown> = {},
  ): MessageWay => {
    const { at, service, message, status, milliseconds } = seen;
    lastNumber += 1;
    const level = status === 409 || (status >= 200 && status < 400) ? "INFO" : "ERROR";
    const exchange = { number: lastNumber, status, milliseconds };
    return ways.add(
      key,
      { at, service, level, message, fields, exchange },
      { sent: payloadText(bodies.sent), answer: payloadText(bodies.answer) },
    );
  };

  /** Undefined for a call that names no message that is known. */
  const take = (call: Call): MessageWay | undefined => {
    const owner = owners.ownerOf(call);
    if (owner === undefined) return undefined;
    const { key, part } = owner;
    const { to, request, answer, at, milliseconds } = call;
    const { name: message } = callName(to, request);
    const status = answer?.status ?? 0;
    const ids = sentMessages.safeParse(answer?.body).data?.sentMessages.map(({ id }) => id);
    if (part !== undefined && ids !== undefined) ways.sent(key, { part, ids });
    const retryAfter = answer?.headers?.["retry-after"];
    return addExchange(
      key,
      { at, service: `bridge → ${to}`, message, status, milliseconds },
      { sent: jsonOf(request.body), answer: answer?.body },
      {
        ...(part !== undefined && message === "push" && { push: part }),
        ...(retryAfter !== undefined && { retryAfterSeconds: Number(retryAfter) }),
      },
    );
  };

  const takeOrKeep = (call: Call): MessageWay[] => {
    const way = take(call);
    const isNamed = NAMED_BY_IDS.has(callName(call.to, call.request).name);
    if (way === undefined && isNamed) unowned = [...unowned, call].slice(-MAX_UNOWNED);
    return way === undefined ? [] : [way];
  };

  return {
    webhook({ method, path, status, milliseconds }, { request, answer }) {
      const webhook = method === "POST" ? webhookOf(path) : undefined;
      if (webhook === undefined) return [];
      const { from, brand } = webhook;
      const sent = jsonOf(request);
      const messages = webhookMessages(from, brand, sent);
      const isAccepted = status >= 200 && status < 300;
      for (const message of isAccepted ? messages : []) {
        owners.learn(message);
        const { key, messageId } = message;
        if (messageId !== undefined) ways.name(key.brand, key.correlationId, messageId);
      }
      const at = Date.now() - milliseconds;
      const seen = { at, service: `${from} → bridge`, message: SEEN.webhook, status, milliseconds };
      const bodies = { sent, answer: jsonOf(answer) };
      const early = unowned.splice(0);
      return [
        ...messages.map(({ key, kind }) => addExchange(key, seen, bodies, kind ? { kind } : {})),
        ...early.flatMap(takeOrKeep),
      ];
    },
    call: takeOrKeep,
    queue(step) {
      owners.step(step);
      const { at, service, what, receives } = step;
      const fields = what === "taken" ? { receives } : {};
      const seen = { at, service, level: "INFO", message: SEEN[what], fields };
      return [ways.add(queueStepKey(step), seen)];
    },
  };
}

/** Of the others only those can be known that a function has in hand at that moment. */
const NAMED_BY_IDS: ReadonlySet<string> = new Set([
  "push",
  "read mark",
  "content",
  "message",
  "receipt",
  "structured response",
  "download",
]);
