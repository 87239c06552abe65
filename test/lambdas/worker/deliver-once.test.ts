import { Postponed, RetryableFailure } from "../../../lambdas/shared/failures/failures.ts";
import { type Claim, createDeliverOnce } from "../../../lambdas/worker/deliver-once.ts";
import {
  type CountedPart,
  createDeliveryTable,
  type DeliveryTable,
} from "../../../lambdas/worker/delivery-table.ts";
import { startTable, TABLE } from "../local-table.ts";

const START = 1_795_392_000_000;

let server: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

let events = 0;
/** Two instances of the worker that share the clock; `faults` are calls that DynamoDB fails. */
function setUp(faults: (table: DeliveryTable) => Partial<DeliveryTable> = () => ({})) {
  const state = { now: START };
  const warnings: unknown[] = [];
  const errors: unknown[] = [];
  const slept: number[] = [];
  const log = {
    info: () => {},
    warn: (...entry: unknown[]) => warnings.push(entry),
    error: (...entry: unknown[]) => errors.push(entry),
  };

  function worker(brand = "retail-thai") {
    const table = { documents: server.documents, name: TABLE, now: () => state.now };
    const deliveries = createDeliveryTable(brand, table);
    const deliverOnce = createDeliverOnce(async (ms) => {
      slept.push(ms);
    });
    return (key: CountedPart, deliver: (claim: Claim) => Promise<void>, isPutOff = false) =>
      deliverOnce(
        { deliveries: { ...deliveries, ...faults(deliveries) }, log },
        key,
        state.now + 60_000,
        async (claim) => {
          if (!isPutOff) await claim();
          await deliver(claim);
        },
      );
  }

  const delivered: string[] = [];
  const deliver = (name: string) => async () => {
    delivered.push(name);
  };
  const key = { webhookEventId: `event-${++events}`, part: 1, parts: 1 };
  const workers = { one: worker(), other: worker(), otherBrand: worker("travel-thai") };
  return { key, ...workers, deliver, delivered, warnings, errors, slept, state };
}

/** DynamoDB refuses so many notes of a delivery. */
function failingNotes(times: number) {
  let left = times;
  return (table: DeliveryTable) => ({
    delivered: async (key: CountedPart) => {
      if (left-- > 0) throw new Error("down");
      await table.delivered(key);
    },
  });
}

const down = () => Promise.reject(new Error("DynamoDB is down"));

describe("delivering once", () => {
  it("delivers each part of an event once, whichever worker gets it again", async () => {
    const { key, one, other, otherBrand, deliver, delivered } = setUp();
    expect(await one(key, deliver("first"))).toBe(true);
    expect(await one(key, deliver("again"))).toBe(false);
    expect(await other(key, deliver("elsewhere"))).toBe(false);
    expect(await other({ ...key, part: 2 }, deliver("part 2"))).toBe(true);
    expect(await otherBrand(key, deliver("other brand"))).toBe(true);
    expect(delivered).toEqual(["first", "part 2", "other brand"]);
  });

  it("tries again after a failure, and throws what delivering threw", async () => {
    const { key, one, other, deliver, delivered, warnings } = setUp();
    const failure = new RetryableFailure("Genesys answered 503.");
    await expect(one(key, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(await other(key, deliver("second try"))).toBe(true);
    expect(delivered).toEqual(["second try"]);
    expect(warnings).toEqual([]);
  });

  it("neither claims nor releases what is put off before it can be posted, and notes nothing", async () => {
    const refuse = (): never => {
      throw new Error("not expected of this test");
    };
    const { key, one, other, deliver, delivered, warnings } = setUp(() => ({
      claim: refuse,
      release: refuse,
      delivered: refuse,
    }));
    const putOff = new Postponed("The requests of this minute are used.", 9);
    for (const worker of [one, other]) {
      await expect(worker(key, () => Promise.reject(putOff), true)).rejects.toBe(putOff);
    }
    expect(warnings).toEqual([]);
    const next = setUp();
    expect(await next.one(key, deliver("in its turn"))).toBe(true);
    expect(delivered).toEqual(["in its turn"]);
  });

  it("claims a part once, however many requests it takes", async () => {
    let claims = 0;
    const { key, one } = setUp((table) => ({
      claim: (...claim) => {
        claims += 1;
        return table.claim(...claim);
      },
    }));
    expect(await one(key, async (claim) => claim())).toBe(true);
    expect(claims).toBe(1);
  });

  it("waits while another worker delivers, and takes over when that one's time is up", async () => {
    const { key, one, other, deliver, delivered, state } = setUp();
    const { promise: isDelivering, resolve } = Promise.withResolvers<void>();
    // It is killed: it neither succeeds nor fails.
    void one(key, () => {
      resolve();
      return new Promise(() => {});
    });
    await isDelivering;
    state.now += 60_000;
    await expect(other(key, deliver("too early"))).rejects.toMatchObject({
      name: "Postponed",
      seconds: 10,
    });
    state.now += 1;
    expect(await other(key, deliver("taken over"))).toBe(true);
    expect(delivered).toEqual(["taken over"]);
  });

  it("notes a delivery in several tries", async () => {
    const { key, one, other, deliver, delivered, errors, slept } = setUp(failingNotes(3));
    expect(await one(key, deliver("once"))).toBe(true);
    expect(slept).toEqual([200, 1_000, 3_000]);
    expect(errors).toEqual([]);
    expect(await other(key, deliver("again"))).toBe(false);
    expect(delivered).toEqual(["once"]);
  });

  it("does not fail what Genesys Cloud has taken when that cannot be noted", async () => {
    const { key, one, deliver, delivered, errors } = setUp(failingNotes(4));
    expect(await one(key, deliver("once"))).toBe(true);
    expect(delivered).toEqual(["once"]);
    expect(errors).toEqual([
      [
        "Delivered, but could not record it",
        expect.objectContaining({ correlationId: key.webhookEventId, part: 1, errorName: "Error" }),
      ],
    ]);
  });

  it("throws what delivering threw when the part cannot be released, which then waits for its time", async () => {
    const { key, one, other, deliver, delivered, warnings, state } = setUp(() => ({
      release: down,
    }));
    const failure = new RetryableFailure("Genesys answered 503.");
    await expect(one(key, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(warnings).toEqual([
      [
        "Could not release a delivery",
        expect.objectContaining({ correlationId: key.webhookEventId, part: 1 }),
      ],
    ]);
    await expect(other(key, deliver("too early"))).rejects.toMatchObject({ name: "Postponed" });
    state.now += 60_001;
    expect(await other(key, deliver("second try"))).toBe(true);
    expect(delivered).toEqual(["second try"]);
  });

  it("delivers nothing, and throws, where the part cannot be claimed", async () => {
    const { key, one, deliver, delivered, errors } = setUp(() => ({ claim: down }));
    await expect(one(key, deliver("unclaimed"))).rejects.toThrow("DynamoDB is down");
    expect(delivered).toEqual([]);
    expect(errors).toEqual([]);
  });
});
