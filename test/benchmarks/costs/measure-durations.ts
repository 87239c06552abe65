import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { ENV } from "../../../lambdas/shared/contract/environment-variables.ts";
import { SERVICES } from "../../../lambdas/shared/contract/services.ts";
import { tableKeys } from "../../../lambdas/shared/tables/table-keys.ts";
import { startTable, TABLE } from "../../lambdas/local-table.ts";
import { sqsRecord } from "../../lambdas/sqs-record.ts";
import { httpEvent, sign } from "../../lambdas/webhook-event.ts";
import { SHARE } from "../start/fresh-process.ts";
import { SIGNING_SECRET } from "../start/stand-ins.ts";
import { openStartRoom } from "../start/start-room.ts";
import { spread } from "../start/summary.ts";
import { type Invoked, keepWarm, type WarmProcess } from "../warm/keep-warm.ts";
import { lineEvent, lineInvocation } from "../warm/line-webhooks.ts";
import { makeWarm } from "../warm/make-warm.ts";
import { ANSWER_MILLISECONDS } from "./counts.ts";

const { inbound, worker, outboundWebhook, outboundSender } = SERVICES;
const BRAND = "retail-thai";
const CUSTOMERS = 20;
/** Until the compiler of V8 has little more to do. */
const WARM_UP = { batches: 40, webhooks: 800 };
const BATCH = 10;
const ROUNDS = 41;
/** Of the OAuth client of the stand-ins. */
const NO_TURNS_MS = 600_000;

/** How long one invocation runs for one message, in ms. */
interface Duration {
  /** With the share of a processor that 512 MB have. */
  milliseconds: number;
  /** Of a whole processor. */
  cpu: number;
}

export interface Durations {
  /** By service. */
  messages: Record<string, Duration>;
  /** The worker has no turn for a message. */
  putOff: Duration;
}

/**
 * Invokes the warm functions as they are deployed, with one text message of a known customer at a time. AWS, LINE and
 * Genesys Cloud take for their answers what is assumed of them. What a function computes takes longer in Lambda, which
 * gives 512 MB 0.29 of a processor: that is added.
 */
export async function measureDurations(): Promise<Durations> {
  const table = await startTable();
  const room = await openStartRoom({ delay: (of) => ANSWER_MILLISECONDS[of], table: table.origin });
  const now = Date.now();
  const keep = (Item: Record<string, unknown>) =>
    table.documents.send(new PutCommand({ TableName: TABLE, Item }));
  const { program } = makeWarm(room.directory);
  const starts = room.startsOf();

  async function withFunction<Result>(
    service: string,
    measure: (warm: WarmProcess) => Promise<Result>,
  ): Promise<Result> {
    const { bundle = "", environment = {} } = starts.get(service) ?? {};
    // No message waits for its turn.
    const own = { [ENV.tableName]: TABLE, [ENV.requestsPerMinute]: "100000" };
    const warm = await keepWarm({ program, bundle, environment: { ...environment, ...own } });
    try {
      return await measure(warm);
    } finally {
      await warm.close();
    }
  }

  const ofWebhook = (service: string, eventOf: (n: number) => string) =>
    withFunction(service, async (warm) => {
      const events = Array.from({ length: WARM_UP.webhooks + ROUNDS }, (_, n) => eventOf(n));
      const answer = '"statusCode":200';
      await warm.invoke(events.slice(ROUNDS), answer);
      return durationOf(await eachAlone(warm, events.slice(0, ROUNDS), answer));
    });

  /** The function's duration, and what `further` measures with further batches. */
  const ofConsumer = <Further>(
    service: string,
    bodyOf: (n: number) => object,
    further: (warm: WarmProcess, batches: string[]) => Promise<Further>,
  ) =>
    withFunction(service, async (warm) => {
      let next = 0;
      const batches = (count: number, size: number) =>
        Array.from({ length: count }, () => {
          next += size;
          return batchOf(next - size, size, bodyOf);
        });
      const answer = '"batchItemFailures":[]';
      await warm.invoke(batches(WARM_UP.batches, BATCH), answer);
      const duration = durationOf(await eachAlone(warm, batches(ROUNDS, 1), answer));
      return { duration, further: await further(warm, batches(ROUNDS, 1)) };
    });

  try {
    for (let n = 0; n < CUSTOMERS; n++) {
      const expiresAt = now / 1_000 + 86_400;
      const pk = tableKeys.customer(BRAND, customer(n));
      await keep({ pk, displayName: "สมชาย", namedAt: now, expiresAt });
    }
    const ofWorker = await ofConsumer(worker, fromCustomer, async (warm, batches) => {
      const pk = tableKeys.budget("c");
      await keep({ pk, version: 1, nextAt: Date.now() + NO_TURNS_MS, slow: {}, brands: {} });
      return durationOf(await eachAlone(warm, batches, '"itemIdentifier"'));
    });
    const ofSender = await ofConsumer(outboundSender, fromAgent, async () => undefined);
    return {
      messages: {
        [inbound]: await ofWebhook(inbound, (n) => lineInvocation(BRAND, 1, n)),
        [worker]: ofWorker.duration,
        [outboundWebhook]: await ofWebhook(outboundWebhook, genesysInvocation),
        [outboundSender]: ofSender.duration,
      },
      putOff: ofWorker.further,
    };
  } finally {
    await room.close();
    await table.close();
  }
}

/** One after the other, each with its own measured times. */
async function eachAlone(warm: WarmProcess, events: string[], answer: string): Promise<Invoked[]> {
  const all: Invoked[] = [];
  for (const event of events) all.push(await warm.invoke([event], answer));
  return all;
}

function durationOf(invoked: readonly Invoked[]): Duration {
  const cpu = spread(invoked.map((each) => each.cpu)).median;
  const wall = spread(invoked.flatMap((each) => each.wall)).median;
  return { milliseconds: wall + slowedBy(cpu), cpu };
}

/** How much longer computing takes with 512 MB than with a whole processor, in ms. */
export function slowedBy(cpu: number): number {
  return cpu * (1 / SHARE - 1);
}

function customer(n: number): string {
  return `U${String(n % CUSTOMERS).padStart(32, "0")}`;
}

function batchOf(first: number, size: number, bodyOf: (n: number) => object): string {
  const now = String(Date.now());
  const attributes = { SentTimestamp: now, ApproximateFirstReceiveTimestamp: now };
  const records = Array.from({ length: size }, (_, index) => {
    const n = first + index;
    return sqsRecord(`m${n}`, `${BRAND}#${customer(n)}`, bodyOf(n), attributes);
  });
  return JSON.stringify({ Records: records });
}

function fromCustomer(n: number) {
  const event = { ...lineEvent(n), source: { type: "user", userId: customer(n) } };
  return { kind: "line-event", brand: BRAND, event };
}

function fromAgent(n: number) {
  return { kind: "message", brand: BRAND, message: agentMessage(n) };
}

function agentMessage(n: number) {
  const channel = { to: { id: customer(n) }, time: new Date().toISOString() };
  return { id: `m${n}`, type: "Text", direction: "Outbound", text: "From nine to six.", channel };
}

function genesysInvocation(n: number): string {
  const body = JSON.stringify(agentMessage(n));
  const signature = sign(body, SIGNING_SECRET);
  return JSON.stringify(httpEvent(BRAND, body, { "x-hub-signature-256": `sha256=${signature}` }));
}
