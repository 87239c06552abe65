import { setTimeout as delay } from "node:timers/promises";
import type { Context } from "aws-lambda";
import { RetryableFailure } from "../../../lambdas/shared/failures/failures.ts";
import { createDeliverOnce } from "../../../lambdas/worker/deliver-once.ts";
import { startTable, TABLE } from "../local-table.ts";

let server: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

let events = 0;
/** Two instances of the worker, each of which has so many ms left. */
function setUp(remainingMs = 60_000) {
  const key = { brand: "retail-thai", webhookEventId: `event-${++events}`, part: 1 };
  const logged: unknown[] = [];
  const log = {
    info: () => {},
    warn: () => {},
    error: (...entry: unknown[]) => logged.push(entry),
  };
  const worker = () => {
    const { deliverOnce, startInvocation } = createDeliverOnce(
      server.client,
      TABLE,
      log,
      async () => {},
    );
    startInvocation({ getRemainingTimeInMillis: () => remainingMs } as Context);
    return deliverOnce;
  };
  const delivered: string[] = [];
  const deliver = (name: string) => async () => {
    delivered.push(name);
  };
  return { key, one: worker(), other: worker(), deliver, delivered, logged };
}

describe("delivering once", () => {
  it("delivers each part of an event once, whichever worker gets it again", async () => {
    const { key, one, other, deliver, delivered } = setUp();
    expect(await one(key, deliver("first"))).toBe(true);
    expect(await one(key, deliver("again"))).toBe(false);
    expect(await other(key, deliver("elsewhere"))).toBe(false);
    expect(await other({ ...key, part: 2 }, deliver("part 2"))).toBe(true);
    expect(await other({ ...key, brand: "travel-thai" }, deliver("other brand"))).toBe(true);
    expect(delivered).toEqual(["first", "part 2", "other brand"]);
  });

  it("tries again after a failure, and throws what delivering threw", async () => {
    const { key, one, other, deliver, delivered } = setUp();
    const failure = new RetryableFailure("Genesys answered 503.");
    await expect(one(key, () => Promise.reject(failure))).rejects.toBe(failure);
    expect(await other(key, deliver("second try"))).toBe(true);
    expect(delivered).toEqual(["second try"]);
  });

  it("waits while another worker delivers, and takes over when that one's time is up", async () => {
    const { key, one, other, deliver, delivered } = setUp(500);
    // It is killed: it neither succeeds nor fails.
    void one(key, () => new Promise(() => {}));
    await delay(200);
    await expect(other(key, deliver("too early"))).rejects.toMatchObject({
      name: "Postponed",
      seconds: 10,
    });
    await delay(500);
    expect(await other(key, deliver("taken over"))).toBe(true);
    expect(delivered).toEqual(["taken over"]);
  });

  /** DynamoDB refuses so many updates, each of which notes a delivery. */
  function failUpdates(times: number): void {
    let left = times;
    server.client.middlewareStack.add(
      (next, { commandName }) =>
        (args) =>
          commandName === "UpdateItemCommand" && left-- > 0
            ? Promise.reject(new Error("down"))
            : next(args),
      { name: "fail", step: "initialize" },
    );
  }
  afterEach(() => {
    server.client.middlewareStack.remove("fail");
  });

  it("notes a delivery in several tries", async () => {
    failUpdates(3);
    const { key, one, other, deliver, delivered, logged } = setUp();
    expect(await one(key, deliver("once"))).toBe(true);
    expect(logged).toEqual([]);
    expect(await other(key, deliver("again"))).toBe(false);
    expect(delivered).toEqual(["once"]);
  });

  it("does not fail what Genesys Cloud has taken when that cannot be noted", async () => {
    failUpdates(4);
    const { key, one, deliver, delivered, logged } = setUp();
    expect(await one(key, deliver("once"))).toBe(true);
    expect(delivered).toEqual(["once"]);
    expect(logged).toHaveLength(1);
  });
});
