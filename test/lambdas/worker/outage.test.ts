import type { Context } from "aws-lambda";
import { type StandIns, startStandIns } from "../../formats/stand-ins.ts";
import { bundledFunction } from "../bundled-function.ts";
import { functionEnvironment } from "../function-environment.ts";
import { startTable } from "../local-table.ts";
import { simulatedQueue } from "./simulated-queue.ts";

// The worker as it is deployed, on a clock of its own, while Genesys Cloud is down.

const START = 1_795_392_000_000;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const BRAND = "retail-thai";
const INSTANCES = 3;
const REAL = ["hrtime", "nextTick", "performance", "queueMicrotask"] as const;
const TIMERS = ["setImmediate", "clearImmediate", "setInterval", "clearInterval"] as const;

const before = { ...process.env };
const clock = {
  get now() {
    return Date.now();
  },
  set now(time: number) {
    jest.setSystemTime(time);
  },
};
let table: Awaited<ReturnType<typeof startTable>>;
let standIns: StandIns;
let instances: Awaited<ReturnType<typeof bundledFunction<"worker">>>[];
/** What Genesys Cloud was asked for, and when. */
let posts: { text: string; at: number; accepted: boolean }[];
let parked: { text: string; reason: string; at: number }[];
let isRefused: (text: string) => boolean;

beforeAll(async () => {
  table = await startTable();
  standIns = await startStandIns({
    [`Thailand/${BRAND}/line`]: { channelId: "1", channelSecret: "s", channelAccessToken: "t" },
    [`Thailand/${BRAND}/genesys`]: {
      clientId: "c",
      clientSecret: "s",
      integrationId: "i",
      webhookSecret: "w",
    },
  });
  const { protocol, hostname, port } = (await table.client.config.endpoint?.()) ?? {};
  const { origin } = standIns;
  // The metrics.
  jest.spyOn(process.stdout, "write").mockImplementation(() => true);
  Object.assign(process.env, functionEnvironment(origin, [BRAND]), {
    // The limit is not what this is about.
    REQUESTS_PER_MINUTE: "6000",
    AWS_ENDPOINT_URL_DYNAMODB: `${protocol}//${hostname}:${port}`,
  });
  jest.useFakeTimers({
    now: START,
    doNotFake: [...REAL, ...TIMERS, "setTimeout", "clearTimeout"],
  });
});
afterAll(async () => {
  jest.useRealTimers();
  process.env = before;
  await standIns.close();
  await table.close();
});
beforeEach(async () => {
  // Instances that know of nothing.
  instances = [];
  for (let i = 0; i < INSTANCES; i += 1) {
    instances.push(await bundledFunction("worker", { [BRAND]: {} }));
  }
  [posts, parked] = [[], []];
  isRefused = () => false;
  clock.now += 24 * 60 * MINUTE;
});

function startQueue() {
  let seed = 1;
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const queue = simulatedQueue({
    clock,
    async handle(event) {
      const instance = instances[Math.floor(random() * INSTANCES)];
      const context = { awsRequestId: "r", functionName: "worker" } as Context;
      const remaining = { getRemainingTimeInMillis: () => 60_000 };
      return (
        (await instance?.handler(event, { ...context, ...remaining })) ?? { batchItemFailures: [] }
      );
    },
    random,
  });
  standIns.own.answer = ({ path, aws, body }) => {
    if (path.includes("inbound/open")) {
      const { text } = JSON.parse(body);
      const accepted = !isRefused(text);
      posts.push({ text, at: clock.now, accepted });
      return { status: accepted ? 200 : 503 };
    }
    if (aws === "ChangeMessageVisibilityBatch") {
      for (const { ReceiptHandle, VisibilityTimeout } of JSON.parse(body).Entries) {
        queue.hide(ReceiptHandle, VisibilityTimeout);
      }
    }
    if (aws === "SendMessage") {
      const { MessageBody, MessageAttributes } = JSON.parse(body);
      const { text } = JSON.parse(MessageBody).event.message;
      parked.push({ text, reason: MessageAttributes.Reason.StringValue, at: clock.now });
    }
    return path.includes("/profile/") ? { body: { displayName: "somebody" } } : undefined;
  };
  let written = 0;
  const write = (customer: string, text: string) => {
    const id = `event-${clock.now}-${++written}`;
    queue.send(id, `${BRAND}#${customer}`, {
      kind: "line-event",
      brand: BRAND,
      event: {
        type: "message",
        mode: "active",
        timestamp: clock.now,
        webhookEventId: id,
        source: { type: "user", userId: customer },
        message: { type: "text", id, text },
      },
    });
  };
  return { queue, write };
}

const delivered = () => posts.filter(({ accepted }) => accepted);

test("an outage is asked about every ten seconds; all go on within a minute of its end, in order and once", async () => {
  const { queue, write } = startQueue();
  const customers = Array.from({ length: 30 }, (_, index) => `customer-${index}`);
  isRefused = () => true;
  for (const customer of customers) {
    write(customer, `${customer}: first`);
    write(customer, `${customer}: second`);
  }
  const began = clock.now;
  await queue.runUntil(began + 5 * MINUTE);
  expect(delivered()).toEqual([]);
  // Each instance learns of it from a failure of its own, which its first batch has all at once.
  const probes = posts.filter(({ at }) => at > began + SECOND).map(({ at }) => at);
  expect(posts.length - probes.length).toBeLessThanOrEqual(INSTANCES * 10);
  expect(probes.length).toBeGreaterThanOrEqual(20);
  const gaps = probes.slice(1).map((at, index) => at - (probes[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(10 * SECOND);
  const probers = posts.slice(-probes.length).map(({ text }) => text);
  expect(probers.filter((text, index) => text === probers[index - 1])).toEqual([]);

  isRefused = () => false;
  await queue.runUntil(clock.now + MINUTE);
  expect(queue.left()).toEqual([]);
  expect(parked).toEqual([]);
  const texts = delivered().map(({ text }) => text);
  expect(texts.toSorted()).toEqual(
    customers.flatMap((customer) => [`${customer}: first`, `${customer}: second`]).toSorted(),
  );
  for (const customer of customers) {
    expect(texts.indexOf(`${customer}: first`)).toBeLessThan(texts.indexOf(`${customer}: second`));
  }
});

test("a message that alone keeps failing is parked after ten minutes, while others flow", async () => {
  const { queue, write } = startQueue();
  isRefused = (text) => text === "poison";
  const began = clock.now;
  write("unlucky", "poison");
  write("unlucky", "behind");
  const minutes = 12;
  for (let i = 0; i < minutes * 6; i += 1) {
    write(`customer-${i % 7}`, `text ${i}`);
    await queue.runUntil(clock.now + 10 * SECOND);
  }
  expect(parked).toMatchObject([{ text: "poison", reason: "KeepsFailing" }]);
  const minutesUntil = ((parked[0]?.at ?? 0) - began) / MINUTE;
  expect(minutesUntil).toBeGreaterThanOrEqual(10);
  expect(minutesUntil).toBeLessThan(11);
  expect(queue.left()).toEqual([]);
  const others = delivered().filter(({ text }) => text !== "behind");
  expect(others).toHaveLength(minutes * 6);
  // Nobody was held back for it.
  expect(others.map(({ at }) => at - began)).toEqual(
    others.map(({ text }) => Number(text.replace("text ", "")) * 10 * SECOND),
  );
});

test("three messages that keep failing are parked although they open the breaker at first", async () => {
  const { queue, write } = startQueue();
  const poisons = ["poison 1", "poison 2", "poison 3"];
  isRefused = (text) => poisons.includes(text);
  for (const poison of poisons) write(poison.replace(" ", "-"), poison);
  for (let i = 0; i < 12 * 6; i += 1) {
    write(`customer-${i % 7}`, `text ${i}`);
    await queue.runUntil(clock.now + 10 * SECOND);
  }
  await queue.runUntil(clock.now + MINUTE);
  expect(queue.left()).toEqual([]);
  expect(parked.map(({ reason }) => reason)).toEqual(poisons.map(() => "KeepsFailing"));
  expect(delivered()).toHaveLength(12 * 6);
});
