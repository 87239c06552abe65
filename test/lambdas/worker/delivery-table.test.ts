import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { createDeliveryTable } from "../../../lambdas/worker/delivery-table.ts";
import { startTable, TABLE } from "../local-table.ts";

const START = 1_795_392_000_000;
const HOUR = 3_600_000;

let server: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

let events = 0;
/** A part of an event, and the tables of two workers that share the clock. */
function setUp() {
  const state = { now: START };
  const worker = (brand = "retail-thai") =>
    createDeliveryTable(brand, {
      documents: server.documents,
      name: TABLE,
      now: () => state.now,
    });
  const key = { webhookEventId: `event-${++events}`, part: 1, parts: 1 };
  return { key, one: worker(), other: worker(), otherBrand: worker("travel-thai"), state };
}

describe("the table of deliveries", () => {
  it("holds a part for the worker that has claimed it, until its time is up", async () => {
    const { key, one, other, state } = setUp();
    expect(await one.claim(key, START + 60_000)).toBe("claimed");
    expect(await other.claim(key, START + 60_000)).toBe("held");
    expect(await one.claim(key, START + 60_000)).toBe("held");
    state.now = START + 60_000;
    expect(await other.claim(key, START + 120_000)).toBe("held");
    state.now = START + 60_001;
    expect(await other.claim(key, START + 120_000)).toBe("claimed");
    expect(await one.claim(key, START + 120_000)).toBe("held");
  });

  it("keeps a delivered part, whoever asks and whenever its worker's time is up", async () => {
    const { key, one, other, state } = setUp();
    await one.claim(key, START + 60_000);
    await one.delivered(key);
    expect(await other.claim(key, START + 60_000)).toBe("delivered");
    state.now = START + 60_001;
    expect(await other.claim(key, START + 120_000)).toBe("delivered");
    await one.release(key, START + 60_000);
    expect(await one.claim(key, START + 120_000)).toBe("delivered");
  });

  it("keeps parts, events and brands apart", async () => {
    const { key, one, otherBrand } = setUp();
    await one.claim(key, START + 60_000);
    await one.delivered(key);
    expect(await one.claim({ ...key, part: 2 }, START + 60_000)).toBe("claimed");
    const another = { ...key, webhookEventId: `${key.webhookEventId}-another` };
    expect(await one.claim(another, START + 60_000)).toBe("claimed");
    expect(await otherBrand.claim(key, START + 60_000)).toBe("claimed");
  });

  it("frees a part at once that its worker releases", async () => {
    const { key, one, other } = setUp();
    await one.claim(key, START + 60_000);
    await one.release(key, START + 60_000);
    expect(await other.claim(key, START + 60_000)).toBe("claimed");
  });

  it("leaves the claim of a worker that has taken the part over", async () => {
    const { key, one, other, state } = setUp();
    await one.claim(key, START + 60_000);
    state.now = START + 60_001;
    expect(await other.claim(key, START + 120_001)).toBe("claimed");
    // The first one was slow, and fails only now.
    await one.release(key, START + 60_000);
    expect(await one.claim(key, START + 120_001)).toBe("held");
  });

  it("knows a part as delivered that the slow worker has delivered after all", async () => {
    const { key, one, other, state } = setUp();
    await one.claim(key, START + 60_000);
    state.now = START + 60_001;
    await other.claim(key, START + 120_001);
    await one.delivered(key);
    await other.release(key, START + 120_001);
    expect(await other.claim(key, START + 180_000)).toBe("delivered");
  });

  it("takes the release of a part that nobody holds for done", async () => {
    const { key, one } = setUp();
    await one.release(key, START + 60_000);
    expect(await one.claim(key, START + 60_000)).toBe("claimed");
  });

  // DynamoDB deletes what has expired up to days later.
  it("forgets a delivery 16 days after it, to the second", async () => {
    const { key, one, other, state } = setUp();
    await one.claim(key, START + 60_000);
    state.now = START + 10_000;
    await one.delivered(key);
    state.now = START + 10_000 + 16 * 24 * HOUR;
    expect(await other.claim(key, state.now + 60_000)).toBe("delivered");
    state.now += 1_000;
    expect(await other.claim(key, state.now + 60_000)).toBe("claimed");
  });

  describe("says which parts of an event have been sent", () => {
    it("up to the first that has not, with how many there are", async () => {
      const { key, one, otherBrand } = setUp();
      const { webhookEventId } = key;
      expect(await one.sentParts(webhookEventId)).toBeUndefined();
      for (const part of [1, 2, 4]) {
        await one.claim({ webhookEventId, part }, START + 60_000);
        await one.delivered({ webhookEventId, part, parts: 4 });
      }
      await one.claim({ webhookEventId, part: 3 }, START + 60_000);
      expect(await one.sentParts(webhookEventId)).toEqual({ parts: 4, sent: ["1", "2"] });
      expect(await otherBrand.sentParts(webhookEventId)).toBeUndefined();
    });

    it("with those that the letter carried, which the table has forgotten", async () => {
      const { key, one } = setUp();
      const { webhookEventId } = key;
      await one.claim({ webhookEventId, part: 2 }, START + 60_000);
      await one.delivered({ webhookEventId, part: 2, parts: 3 });
      expect(await one.sentParts(webhookEventId, { parts: 3, sent: ["1"] })).toEqual({
        parts: 3,
        sent: ["1", "2"],
      });
    });

    it("not after 16 days, nor where an earlier version did not count the parts", async () => {
      const { key, one, state } = setUp();
      await one.claim(key, START + 60_000);
      await one.delivered({ ...key, parts: 2 });
      state.now = START + 16 * 24 * HOUR - 1_000;
      expect(await one.sentParts(key.webhookEventId)).toEqual({ parts: 2, sent: ["1"] });
      state.now += 1_000;
      expect(await one.sentParts(key.webhookEventId)).toBeUndefined();
      const pk = `delivered#retail-thai#${key.webhookEventId}#1`;
      const Item = { pk, state: "delivered", expiresAt: state.now / 1_000 + 60 };
      await server.documents.send(new PutCommand({ TableName: TABLE, Item }));
      expect(await one.sentParts(key.webhookEventId)).toBeUndefined();
    });
  });
});
