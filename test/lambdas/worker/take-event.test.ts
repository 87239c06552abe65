import type { Hosts } from "../../../lambdas/shared/breaker/hosts.ts";
import { HeldBack } from "../../../lambdas/shared/failures/failures.ts";
import { UNKNOWN } from "../../../lambdas/shared/tables/customer.ts";
import { takeEvent } from "../../../lambdas/worker/take-event.ts";
import { sqsRecord } from "../sqs-record.ts";
import { workingHosts } from "../working-hosts.ts";
import { fakeWorkerBrand } from "./fake-worker-brand.ts";

const notWorking: Hosts = {
  ...workingHosts,
  async ensureWorking(host) {
    throw new HeldBack(host, { isAccessRefused: false });
  },
};

/** Takes an event at this receive while the brand's calls to Genesys Cloud are held back; resolves to what is done. */
function takeHeldBack(type: string, receives: number, fields: object = {}): Promise<string[]> {
  return take(type, receives, fields, notWorking);
}

async function take(
  type: string,
  receives: number,
  fields: object,
  hosts: Hosts,
): Promise<string[]> {
  const done: string[] = [];
  const unused = fakeWorkerBrand();
  const brand = fakeWorkerBrand({
    hosts,
    genesys: {
      ...unused.genesys,
      async postMessage(_, { beforeRequest }) {
        done.push("has a turn");
        await beforeRequest?.();
      },
    },
    deliveries: { ...unused.deliveries, isPromised: async () => false },
    customers: {
      ...unused.customers,
      async heardFrom() {
        done.push("heard from");
        return UNKNOWN;
      },
      get: async () => UNKNOWN,
      blocked: async () => void done.push("blocked"),
    },
    quotes: { ...unused.quotes, forget: async () => void done.push("no longer quotable") },
    erasures: { ...unused.erasures, erased: async () => void done.push("noted as erased") },
    media: {
      prefix: async ({ messageId }) => messageId,
      store: { ...unused.media.store, deleteAll: async () => void done.push("deleted") },
    },
    count: () => undefined,
    log: { ...unused.log, info: (text) => done.push(text) },
    measure: () => undefined,
  });
  const event = {
    type,
    mode: "active",
    timestamp: 0,
    webhookEventId: "01FZ",
    source: { type: "user", userId: "U1" },
    message: { id: "46", type: "text", text: "hello" },
    unsend: { messageId: "45" },
    follow: { isUnblocked: false },
    ...fields,
  };
  const attempt = {
    record: sqsRecord("m", "retail-thai#U1"),
    receives,
    inHand: 1,
    endsAt: 60_000,
    failures: async () => 0,
  };
  await takeEvent(
    { brand, event, attempt },
    {
      nameAuthor: async () => {
        done.push("named");
        return { customer: { id: "U1", nickname: undefined }, customAttributes: {} };
      },
      media: {
        async fetchMedia() {
          done.push("fetched");
          return { outcome: "missing", because: "gone" };
        },
        attachmentBytes: 1,
        timeOf: String,
      },
      async deliverOnce(_brand, { part }, _endsAt, deliver) {
        await deliver(async () => void done.push(`claims part ${part}`));
        done.push("delivered");
        return true;
      },
      now: () => 0,
    },
  ).catch((error: unknown) => {
    if (!(error instanceof HeldBack)) throw error;
    done.push(`held back: ${error.message}`);
  });
  return done;
}

describe("an event while Genesys Cloud does not work", () => {
  const heldBack = "held back: genesys-api";

  it("does nothing any more from its second receive on", async () => {
    expect(await takeHeldBack("message", 1)).not.toContain(heldBack);
    expect(await takeHeldBack("message", 2)).toEqual([heldBack]);
    expect(await takeHeldBack("message", 900)).toEqual([heldBack]);
  });

  it.each([
    ["unfollow", "blocked"],
    ["unsend", "deleted"],
  ])("is acted on at every receive where it is an %s", async (type, what) => {
    expect(await takeHeldBack(type, 2)).toContain(what);
  });

  it("is not held back where it needs nothing of Genesys Cloud", async () => {
    expect(
      await takeHeldBack("message", 2, { source: { type: "group", groupId: "C1", userId: "U1" } }),
    ).toEqual(["Ignored on purpose"]);
  });
});

describe("a part of an event", () => {
  const steps = async (receives: number, message: object, fields: object = {}) => {
    const event = { message: { id: "46", ...message }, ...fields };
    return (await take("message", receives, event, workingHosts)).filter((step) =>
      /^(claims|has a turn|fetched)/.test(step),
    );
  };
  const text = { type: "text", text: "hello" };
  const long = { type: "text", text: "x".repeat(4_001) };
  const image = { type: "image", contentProvider: { type: "line" } };

  it.each([
    // A message that is put off has written nothing.
    ["a text", 1, text, ["has a turn", "claims part 1"]],
    ["a text that was put off", 2, text, ["has a turn", "claims part 1"]],
    [
      "a text of two parts",
      1,
      long,
      ["has a turn", "claims part 1", "has a turn", "claims part 2"],
    ],
    [
      "a text of which a part may be delivered",
      2,
      long,
      [
        ...["claims part 1", "has a turn", "claims part 1"],
        ...["claims part 2", "has a turn", "claims part 2"],
      ],
    ],
    // Unsent media that was delivered is not to be fetched again.
    ["an image", 1, image, ["claims part 1", "fetched", "has a turn", "claims part 1"]],
  ])(
    "is claimed before it is posted: %s, received %i times",
    async (_, receives, message, expected) => {
      expect(await steps(receives, message)).toEqual(expected);
    },
  );

  it("is claimed before its turn where LINE has sent the event again, which may have been delivered", async () => {
    const again = (isRedelivery: boolean) => ({ deliveryContext: { isRedelivery } });
    expect(await steps(1, text, again(true))).toEqual([
      "claims part 1",
      "has a turn",
      "claims part 1",
    ]);
    expect(await steps(1, text, again(false))).toEqual(["has a turn", "claims part 1"]);
  });
});
