import type { messagingApi } from "@line/bot-sdk";
import type { SQSRecord } from "aws-lambda";
import type * as z from "zod";
import { createHostMedia } from "../../../../lambdas/outbound/media/host-media.ts";
import { createHandler } from "../../../../lambdas/outbound/sender/handler.ts";
import { createMessagesLeft } from "../../../../lambdas/outbound/sender/messages-left.ts";
import { createReceipts } from "../../../../lambdas/outbound/sender/receipts.ts";
import type { LineAttachment } from "../../../../lambdas/outbound/translate/line/line-attachment.ts";
import type { Brand } from "../../../../lambdas/shared/brand/brand.ts";
import { createFindBrand } from "../../../../lambdas/shared/brand/find-brand.ts";
import type { Hosts } from "../../../../lambdas/shared/breaker/hosts.ts";
import { brandSettingsSchema } from "../../../../lambdas/shared/contract/brand-settings.ts";
import { brandLog, type Log } from "../../../../lambdas/shared/function/log.ts";
import type { SendOptions } from "../../../../lambdas/shared/line/client.ts";
import { createConsume } from "../../../../lambdas/shared/queue/consume-fifo.ts";
import type { FifoMessage } from "../../../../lambdas/shared/queue/send-fifo.ts";
import type { SentParts } from "../../../../lambdas/shared/queue/sent-parts.ts";
import { type Customer, UNKNOWN } from "../../../../lambdas/shared/tables/customer.ts";
import type { Way } from "../../../../lambdas/shared/tables/way-table.ts";
import { sqsRecord } from "../../sqs-record.ts";
import { workingHosts } from "../../working-hosts.ts";

/** When the tests take place, in ms. */
export const NOW = 1_795_392_000_000;

export const nobody: Customer = UNKNOWN;

interface Circumstances {
  /** Of the push with this number; 0 stands for the calls beside. */
  failure?: (part: number) => Error | undefined;
  /** Of a reply with this token. */
  replyFailure?: (token: string) => Error | undefined;
  /** What LINE answers to a push that it does not accept. */
  refusal?: (messages: messagingApi.Message[], retryKey: string) => Error | undefined;
  /** What LINE says of the month's messages. */
  quota?: () => Promise<{ limit: number | undefined; used: number }>;
  settings?: Partial<z.input<typeof brandSettingsSchema>>;
  customer?: Customer | Error;
  /** What the record says once hosting has taken its time. */
  heardMeanwhile?: Customer;
  /** What hosting an attachment comes to. */
  attachment?: LineAttachment | Error | ((index: number) => LineAttachment | Error);
  /** For how many ms hosting an attachment takes. */
  hostingTakes?: () => number;
  /** For how long a message is tried. */
  patienceMs?: number;
  /** How often it has failed before. */
  failures?: number;
  hosts?: Hosts;
  /** Whether nothing can be noted of pushes. */
  isTableDown?: () => boolean;
}

/** The sender of the brand retail-thai, with all that is around it in memory, and what it does there. */
export function startSender({
  failure,
  refusal,
  replyFailure = () => undefined,
  quota = async () => ({ limit: 500, used: 500 }),
  settings = {},
  customer = nobody,
  heardMeanwhile,
  attachment,
  hostingTakes = () => 0,
  patienceMs = 1_000_000_000,
  failures = 0,
  hosts = workingHosts,
  isTableDown = () => false,
}: Circumstances = {}) {
  const pushes: { to: string; texts: string[]; key: string }[] = [];
  const messages: messagingApi.Message[] = [];
  /** Whether these messages make no sound. */
  const silent: boolean[] = [];
  /** What is kept of them. */
  const quotable: unknown[][] = [];
  const enqueued: FifoMessage[] = [];
  /** The brands in whose inbound queues that was. */
  const queues: string[] = [];
  const parked: string[] = [];
  /** What of them was sent. */
  const parkedWith: SentParts[] = [];
  const visibility: number[] = [];
  const counts: string[] = [];
  const sideCalls: unknown[] = [];
  const buttons: unknown[] = [];
  const refused = new Map<string, readonly number[]>();
  const sent = new Map<string, SentParts>();
  const ways = new Map<string, Way>();
  /** Tokens of the replies that LINE has accepted. */
  const replies: string[] = [];
  const taken = new Set<string>();
  const stored: unknown[] = [];
  const measured: unknown[] = [];
  const logged: unknown[] = [];
  let reads = 0;
  let time = NOW;
  const now = () => time;
  const write = (...line: unknown[]) => void logged.push(line);
  const log: Log = { info: write, warn: write, error: write };
  const unused = () => {
    throw new Error("The sender has no use for this.");
  };

  /** LINE numbers what it accepts. */
  function accept(accepted: readonly messagingApi.Message[], options: SendOptions | undefined) {
    return accepted.map((message) => {
      messages.push(message);
      silent.push(options?.notificationDisabled ?? false);
      return String(messages.length);
    });
  }

  const brandOf = (key: string, brandSettings: Brand["settings"]): Brand => ({
    key,
    settings: brandSettings,
    line: {
      async push(to, pushed, retryKey, options) {
        const error = failure?.(pushes.length + 1) ?? refusal?.(pushed, retryKey);
        if (error !== undefined) throw error;
        const ids = accept(pushed, options);
        pushes.push({
          to,
          key: retryKey,
          texts: pushed.map((message) =>
            message.type === "text" && "text" in message ? String(message.text) : "",
          ),
        });
        return ids;
      },
      async showLoading(...shown) {
        sideCalls.push(["showLoading", key, ...shown]);
        if (failure !== undefined) throw failure(0);
      },
      async markAsRead(...marked) {
        sideCalls.push(["markAsRead", key, ...marked]);
        if (failure !== undefined) throw failure(0);
      },
      profile: unused,
      async reply(token, replied, options) {
        const error = replyFailure(token);
        if (error !== undefined) throw error;
        replies.push(token);
        return accept(replied, options);
      },
      quota,
    },
    customers: {
      get: unused,
      async markedAsRead(...used) {
        sideCalls.push(["markedAsRead", key, ...used]);
      },
      heardFrom: unused,
      async takeReplyToken(_id, { token }) {
        const isFree = !taken.has(token);
        taken.add(token);
        return isFree;
      },
      blocked: unused,
      named: unused,
    },
    buttons: { put: async (...kept) => void buttons.push([key, ...kept]), get: unused },
    quotes: {
      async keep(customer, { messageId, text, writtenAt }) {
        if (isTableDown()) throw new Error("DynamoDB is down");
        quotable.push([customer, messageId, text, writtenAt]);
      },
      unsent: unused,
      forget: unused,
      get: unused,
    },
    refused: {
      put: async (id, path, parts) => void refused.set([id, ...path].join(), parts),
      get: async (id, path) => refused.get([id, ...path].join()),
    },
    ways: {
      async read(id) {
        reads += 1;
        if (customer instanceof Error) throw customer;
        return { way: ways.get(id), customer: (time > NOW && heardMeanwhile) || customer };
      },
      async readTogether(messageIds, customerIds) {
        reads += 1;
        if (customer instanceof Error) throw customer;
        return {
          ways: new Map(messageIds.map((id) => [id, ways.get(id)])),
          customers: new Map(customerIds.map((id) => [id, customer])),
        };
      },
      async decide(id, wanted) {
        const held = ways.get(id) ?? wanted;
        ways.set(id, held);
        return held;
      },
      async change(id, _from, to) {
        ways.set(id, to);
        return to;
      },
    },
    sent: {
      async add(id, path, parts) {
        if (isTableDown()) throw new Error("DynamoDB is down");
        const before = sent.get(id)?.sent ?? [];
        sent.set(id, { parts, sent: [...new Set([...before, path.join(".")])] });
      },
      async get(id) {
        if (isTableDown()) throw new Error("DynamoDB is down");
        return sent.get(id);
      },
    },
    media: {
      store: {
        put: unused,
        find: unused,
        read: unused,
        findFirst: unused,
        deleteAll: unused,
        urlOf: unused,
      },
      prefix: async ({ customer, messageId }) => `${key}/${customer}/${messageId}/`,
    },
    hosts,
    log: brandLog(log, key),
    count: (metric) => void counts.push(metric),
    measure: (gauge, value) => void measured.push([gauge, key, value]),
  });

  const handler = createHandler({
    findBrand: createFindBrand(
      new Map([["retail-thai", brandSettingsSchema.parse({ customAttributes: {}, ...settings })]]),
      brandOf,
    ),
    consume: createConsume({
      queue: {
        async park(_record, { reason }, parts) {
          parked.push(reason);
          if (parts !== undefined) parkedWith.push(parts);
        },
        setVisibility: async (_records, seconds) => void visibility.push(seconds),
      },
      failures: { of: async () => failures, add: async () => ({ failures: 1 }) },
      patienceMs,
      counter: {
        forBrand: () => ({
          count: (metric) => void counts.push(metric),
          measure: unused,
        }),
        noteWait: () => undefined,
      },
      log,
      chance: { now, random: () => 0 },
    }),
    hostMedia: createHostMedia({
      async storeAttachment({ media }, { id, channel }, index, { url }) {
        const prefix = await media.prefix({ customer: channel.to.id, messageId: id });
        stored.push([prefix, index, url]);
        time += hostingTakes();
        const hosted = typeof attachment === "function" ? attachment(index) : attachment;
        if (hosted instanceof Error) throw hosted;
        if (hosted === undefined) throw new Error("no attachment expected");
        return hosted;
      },
      genesysOrigins: new Set(["https://api-downloads.mypurecloud.jp"]),
      now,
    }),
    rendering: { timeZone: "Asia/Bangkok", language: "th", trustedOrigins: new Set() },
    messagesLeft: createMessagesLeft(now),
    receipts: createReceipts(
      (brand) => async (queued) => {
        queues.push(brand);
        enqueued.push(...queued);
      },
      now,
    ),
    now,
    sleep: async () => undefined,
    startedAt: NOW,
  });

  /** Gives the sender several records at once. */
  const takeAll = (records: SQSRecord[]) =>
    handler({ Records: records }, { getRemainingTimeInMillis: () => 60_000 });
  /** Gives the sender a record with this body. */
  const take = (body: object, attributes: object = {}, messageAttributes: object = {}) =>
    handler(
      {
        Records: [
          {
            ...sqsRecord("r", "retail-thai#U1", body, {
              ApproximateFirstReceiveTimestamp: String(NOW),
              SentTimestamp: String(NOW),
              ...attributes,
            }),
            messageAttributes: { ...messageAttributes },
          },
        ],
      },
      { getRemainingTimeInMillis: () => 60_000 },
    );
  /** Gives the sender a message of an agent to U1. */
  const run = (message: object, attributes: object = {}, messageAttributes: object = {}) =>
    take(
      {
        kind: "message",
        brand: "retail-thai",
        message: { id: "g1", type: "Text", channel: { to: { id: "U1" } }, ...message },
      },
      attributes,
      messageAttributes,
    );
  const seen = {
    pushes,
    messages,
    silent,
    quotable,
    enqueued,
    queues,
    parked,
    parkedWith,
    sent,
    replies,
    ways,
    visibility,
    counts,
    sideCalls,
    buttons,
    stored,
    measured,
    logged,
  };
  return { run, take, takeAll, customerReads: () => reads, ...seen };
}
