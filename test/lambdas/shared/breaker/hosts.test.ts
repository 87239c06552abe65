import { createHosts, type Host } from "../../../../lambdas/shared/breaker/hosts.ts";
import {
  ConfigurationFailure,
  CountedOutage,
  HeldBack,
  OutageFailure,
  PermanentFailure,
  Postponed,
  RefusedForNow,
  RetryableFailure,
} from "../../../../lambdas/shared/failures/failures.ts";
import { startTable, TABLE } from "../../local-table.ts";
import { sqsRecord } from "../../sqs-record.ts";

let server: Awaited<ReturnType<typeof startTable>>;
beforeAll(async () => {
  server = await startTable();
});
afterAll(() => server.close());

let brands = 0;
const outage = new OutageFailure("LINE answered 503.", 7);

/** A brand of its own, in one instance of the function. */
function setUp({ host = "line-api" as Host } = {}) {
  const clock = { now: 1_795_392_000_000 };
  const brand = `brand-${++brands}`;
  const table = { documents: server.documents, name: TABLE, now: () => clock.now };
  const send = jest.spyOn(server.documents, "send");
  const logged: unknown[] = [];
  const write = (...entry: unknown[]) => void logged.push(entry);
  const log = { info: write, warn: write, error: write };
  const hosts = createHosts(brand, table, log);
  const asking = (customer: string) => ({ record: sqsRecord("m", `${brand}#${customer}`) });
  /** What a call for a customer's message comes to; it ends with `result`, or fails with it. */
  const call = async (customer: string, result: unknown = "done", its: Host = host) => {
    try {
      return await hosts.guard(its, asking(customer), async () => {
        if (result instanceof Error) throw result;
        return result;
      });
    } catch (error) {
      return error;
    }
  };
  const open = async (failure: Error = outage) => {
    for (const customer of ["a", "b", "c"]) await call(customer, failure);
  };
  return { clock, hosts, call, open, asking, logged, tableCalls: () => send.mock.calls.length };
}

afterEach(() => jest.restoreAllMocks());

describe("calls to a host", () => {
  it("cost nothing while the host works", async () => {
    const { call, hosts, asking, tableCalls } = setUp();
    for (let i = 0; i < 50; i += 1) {
      await hosts.ensureWorking("line-api", asking(`customer ${i}`));
      expect(await call(`customer ${i}`, i)).toBe(i);
    }
    await call("a", new PermanentFailure("LineRefused", "LINE refused with 400."));
    expect(tableCalls()).toBe(0);
  });

  it("are not made once those for three customers have failed, which their messages are told", async () => {
    const { call, hosts, asking, open } = setUp();
    await open();
    const heldBack = await call("d", new Error("nobody is to be called"));
    expect(heldBack).toBeInstanceOf(HeldBack);
    expect(heldBack).toMatchObject({
      message: "Held back, because LINE's API does not work. Its last failure: LINE answered 503.",
      tried: undefined,
      isAccessRefused: false,
      seconds: undefined,
    });
    await expect(hosts.ensureWorking("line-api", asking("d"))).rejects.toBeInstanceOf(HeldBack);
    expect(await call("d", "done", "line-content")).toBe("done");
  });

  it("keep the try of the message that has shown it from counting", async () => {
    const { call } = setUp();
    const [first, second, third] = [
      await call("a", outage),
      await call("b", outage),
      await call("c", outage),
    ];
    for (const counted of [first, second]) {
      expect(counted).toBeInstanceOf(CountedOutage);
      expect(counted).toMatchObject({
        name: "RetryableFailure",
        message: "LINE answered 503.",
        retryAfterSeconds: 7,
        isAlone: false,
      });
    }
    expect(third).toBeInstanceOf(HeldBack);
    expect(third).toMatchObject({ tried: outage });
  });

  it("are made for one message every ten seconds until one succeeds", async () => {
    const { call, clock, hosts, asking, open } = setUp();
    await open(new OutageFailure("LINE answered 503."));
    clock.now += 10_000;
    const other = new OutageFailure("LINE did not answer within 10000 ms.");
    await hosts.ensureWorking("line-api", asking("d"));
    expect(await call("d", other)).toMatchObject({ name: "HeldBack", tried: other });
    expect(await call("e")).toMatchObject({
      name: "HeldBack",
      tried: undefined,
      message: `Held back, because LINE's API does not work. Its last failure: ${other.message}`,
    });
    clock.now += 10_000;
    expect(await call("d")).toMatchObject({ name: "HeldBack", tried: undefined });
    expect(await call("e")).toBe("done");
    expect(await call("d")).toBe("done");
  });

  it.each<[string, Error]>([
    ["refuses a message", new PermanentFailure("LineRefused", "LINE refused with 400.")],
    ["refuses it for now", new RefusedForNow(new PermanentFailure("LineRefused", "425"))],
  ])("go on where a probe shows that the host works, because it %s", async (_, answer) => {
    const { call, clock, open } = setUp();
    await open();
    clock.now += 10_000;
    expect(await call("d", answer)).toBe(answer);
    expect(await call("e")).toBe("done");
  });

  it.each<[string, Error]>([
    ["429", new RetryableFailure("LINE answered 429.", 5)],
    ["another host that does not work", new HeldBack("Held back.", { isAccessRefused: false })],
    ["what is unexpected", new TypeError("geheim")],
  ])("stay held back after a probe that says nothing of the host: %s", async (_, error) => {
    const { call, clock, open } = setUp();
    await open();
    clock.now += 10_000;
    expect(await call("d", error)).toBe(error);
    expect(await call("e")).toBeInstanceOf(HeldBack);
  });

  it("are made for the next message where a probe was put off before it was made, that one too", async () => {
    const { call, clock, open } = setUp();
    const postponed = new Postponed("The requests of this minute are used.", 1);
    await open();
    clock.now += 10_000;
    expect(await call("d", postponed)).toBe(postponed);
    clock.now += 1_000;
    expect(await call("d", outage)).toMatchObject({ name: "HeldBack", tried: outage });
    expect(await call("e")).toMatchObject({ name: "HeldBack", tried: undefined });
  });

  it.each<[string, Error]>([
    ["429", new RetryableFailure("LINE answered 429.", 5)],
    ["a refusal of the message", new PermanentFailure("LineRefused", "LINE refused with 400.")],
    ["a refusal for now", new RefusedForNow(new PermanentFailure("LineRefused", "425"))],
    ["a turn that comes later", new Postponed("The requests of this minute are used.", 1)],
    ["what is unexpected", new TypeError("geheim")],
  ])("do not count as failures of the host: %s", async (_, error) => {
    const { call, open, tableCalls } = setUp();
    await open(error);
    expect(await call("d", error)).toBe(error);
    expect(await call("e")).toBe("done");
    expect(tableCalls()).toBe(0);
  });

  it("count refused access, which stays what it is until the breaker opens", async () => {
    const { call } = setUp();
    const refused = new ConfigurationFailure("line", "LINE refused with 403.");
    expect(await call("a", refused)).toBe(refused);
    expect(await call("b", refused)).toBe(refused);
    expect(await call("c", refused)).toMatchObject({
      name: "HeldBack",
      tried: refused,
      isAccessRefused: true,
    });
    expect(await call("d")).toMatchObject({ tried: undefined, isAccessRefused: true });
  });

  it("of the login do not count refused credentials, which a new secret may replace at once", async () => {
    const { call, open } = setUp({ host: "genesys-login" });
    await open(new ConfigurationFailure("genesys", "Genesys login refused with 401."));
    expect(await call("d")).toBe("done");
  });

  it("count an outage once where one guard is in another", async () => {
    const { hosts, asking, call } = setUp();
    for (const customer of ["a", "b", "c"]) {
      const inner = () =>
        hosts.guard("genesys-login", asking(customer), () => Promise.reject(outage));
      await hosts.guard("genesys-api", asking(customer), inner).catch(() => undefined);
    }
    expect(await call("d", "done", "genesys-login")).toBeInstanceOf(HeldBack);
    expect(await call("d", "done", "genesys-api")).toBe("done");
  });

  it("tell a message that it fails alone", async () => {
    const { call } = setUp();
    await call("a");
    expect(await call("a", outage)).toMatchObject({ isAlone: false });
    await call("b");
    expect(await call("a", outage)).toMatchObject({ isAlone: true });
    await call("a");
    expect(await call("a", outage)).toMatchObject({ isAlone: true });
  });

  it("keep no customer's id, neither in the table nor in the log", async () => {
    const { call, logged } = setUp();
    const user = "U0123456789abcdef0123456789abcdef";
    const send = jest.spyOn(server.documents, "send");
    for (const customer of [user, "b", "c"]) await call(customer, outage);
    const sent = JSON.stringify(send.mock.calls.map(([command]) => command.input));
    expect(sent).toContain("line-api");
    expect(sent).not.toContain(user);
    expect(JSON.stringify(logged)).toContain("messages that need it are held back");
    expect(JSON.stringify(logged)).not.toContain(user);
  });
});
