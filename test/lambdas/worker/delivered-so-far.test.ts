import type { SQSRecord } from "aws-lambda";
import { createFindBrand } from "../../../lambdas/shared/brand/find-brand.ts";
import { brandSettingsSchema } from "../../../lambdas/shared/contract/brand-settings.ts";
import { PermanentFailure, RetryableFailure } from "../../../lambdas/shared/failures/failures.ts";
import type { FifoMessage } from "../../../lambdas/shared/queue/send-fifo.ts";
import type { SentParts } from "../../../lambdas/shared/queue/sent-parts.ts";
import { UNKNOWN } from "../../../lambdas/shared/tables/customer.ts";
import { createDeliverOnce } from "../../../lambdas/worker/deliver-once.ts";
import { deliveredSoFar } from "../../../lambdas/worker/delivered-so-far.ts";
import { createDeliveryTable } from "../../../lambdas/worker/delivery-table.ts";
import { takeEvent } from "../../../lambdas/worker/take-event.ts";
import type { MediaOutcome } from "../../../lambdas/worker/translate/translation.ts";
import { startTable, TABLE } from "../local-table.ts";
import { sqsRecord } from "../sqs-record.ts";
import { workingHosts } from "../working-hosts.ts";
import { fakeWorkerBrand } from "./fake-worker-brand.ts";

const NOW = 1_795_392_000_000;

let server: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

let events = 0;

/** An event of one brand, and a worker that takes it. */
function setUp(message: object) {
  const webhookEventId = `01FZ${++events}`;
  const posted: string[] = [];
  const enqueued: FifoMessage[] = [];
  const refused = new Set<string>();
  const unused = fakeWorkerBrand();
  const table = { documents: server.documents, name: TABLE, now: () => NOW };
  const brand = fakeWorkerBrand({
    hosts: workingHosts,
    customers: {
      ...unused.customers,
      heardFrom: async () => UNKNOWN,
    },
    genesys: {
      ...unused.genesys,
      async postMessage({ channel: { messageId } }, { beforeRequest }) {
        await beforeRequest?.();
        if (refused.has(messageId)) throw new PermanentFailure("GenesysRefused", "no");
        posted.push(messageId);
      },
    },
    deliveries: createDeliveryTable("retail-thai", table),
    enqueue: async (messages) => void enqueued.push(...messages),
    measure: () => undefined,
  });
  const source = { type: "user", userId: "U1" };
  const event = {
    type: "message",
    mode: "active",
    timestamp: NOW,
    webhookEventId,
    source,
    message,
  };
  const recordOf = (sent?: SentParts): SQSRecord => ({
    ...sqsRecord("m", "retail-thai#U1", { kind: "line-event", brand: "retail-thai", event }),
    messageAttributes:
      sent === undefined
        ? {}
        : { SentParts: { dataType: "String", stringValue: JSON.stringify(sent) } },
  });
  const take = (sent?: SentParts) =>
    takeEvent(
      {
        brand,
        event,
        attempt: {
          record: recordOf(sent),
          receives: 1,
          inHand: 1,
          endsAt: NOW + 60_000,
          failures: async () => 0,
        },
      },
      {
        nameAuthor: async () => ({
          customer: { id: "U1", nickname: undefined },
          customAttributes: {},
        }),
        media: {
          fetchMedia: async (): Promise<MediaOutcome> => {
            throw new RetryableFailure("LINE answered 500.");
          },
          attachmentBytes: 1,
          timeOf: String,
        },
        deliverOnce: createDeliverOnce(async () => {}),
        now: () => NOW,
      },
    );
  const settings = brandSettingsSchema.parse({ customAttributes: {} });
  const findBrand = createFindBrand(new Map([["retail-thai", settings]]), () => brand);
  const soFar = (record = recordOf()) => deliveredSoFar(record, findBrand);
  return { take, soFar, recordOf, posted, enqueued, refused };
}

/** Three messages in Genesys Cloud. */
const longText = { type: "text", id: "46", text: "x ".repeat(6_000) };

describe("an event that is parked after some of its parts", () => {
  it("carries which of them Genesys Cloud has accepted", async () => {
    const { take, soFar, refused } = setUp(longText);
    expect(await soFar()).toBeUndefined();
    refused.add("46#3");
    await expect(take()).rejects.toThrow("no");
    expect(await soFar()).toEqual({ parts: 3, sent: ["1", "2"] });
  });

  it("carries what it carried where it cannot be read, or its brand is gone", async () => {
    const { soFar, recordOf } = setUp(longText);
    const sent = { parts: 2, sent: ["1"] };
    const { messageAttributes } = recordOf(sent);
    const event = { type: "message", webhookEventId: "01FZ", timestamp: NOW };
    for (const body of [{}, { kind: "line-event", brand: "gone", event }]) {
      const record = sqsRecord("m", "retail-thai#U1", body);
      expect(await soFar({ ...record, messageAttributes })).toEqual(sent);
    }
  });
});

describe("an event that comes back from the dead letters", () => {
  it("is delivered without the parts that it carries", async () => {
    const { take, soFar, recordOf, posted } = setUp(longText);
    const sent = { parts: 3, sent: ["1"] };
    await take(sent);
    expect(posted).toEqual(["46#2", "46#3"]);
    expect(await soFar(recordOf(sent))).toEqual({ parts: 3, sent: ["1", "2", "3"] });
  });

  it("is parked, and nothing delivered, where it is split into another number of parts now", async () => {
    const { take, posted } = setUp(longText);
    await expect(take({ parts: 2, sent: ["1"] })).rejects.toMatchObject({ reason: "SplitChanged" });
    expect(posted).toEqual([]);
  });

  it("brings its media later where the agent has read that it would", async () => {
    const { take, posted, enqueued } = setUp({
      type: "image",
      id: "47",
      contentProvider: { type: "line" },
    });
    await take({ parts: 1, sent: ["1"] });
    expect(posted).toEqual([]);
    expect(enqueued.map(({ groupId }) => groupId)).toEqual(["retail-thai#media#47"]);
  });
});
