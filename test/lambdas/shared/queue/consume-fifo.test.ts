import {
  PermanentFailure,
  Postponed,
  RetryableFailure,
} from "../../../../lambdas/shared/failures/failures.ts";
import { sqsRecord } from "../../sqs-record.ts";
import { batch, FIRST_RECEIVED, HOUR, setUpConsume } from "./set-up-consume.ts";

describe("createConsume", () => {
  it("attempts every record, each customer's in order", async () => {
    const { run, attempted } = setUpConsume({});
    expect(await run(batch())).toEqual([]);
    expect(attempted.filter((id) => id.startsWith("a"))).toEqual(["a1", "a2", "a3"]);
    expect(attempted.filter((id) => id.startsWith("b"))).toEqual(["b1", "b2"]);
  });

  it("works on customers in parallel", async () => {
    const { run, attempted } = setUpConsume({});
    await run(batch());
    expect(attempted.slice(0, 2)).toEqual(["a1", "b1"]);
  });

  it("notes for its brand how long the oldest message of each customer has waited that goes back", async () => {
    const failed = { a1: new RetryableFailure("no"), b1: new Postponed("not yet", 9) };
    const { run, waits } = setUpConsume(failed);
    await run([
      sqsRecord("a1", "retail-thai#A", {}, { SentTimestamp: String(FIRST_RECEIVED) }),
      sqsRecord("a2", "retail-thai#A"),
      sqsRecord("b1", "retail-thai#B", {}, { SentTimestamp: String(FIRST_RECEIVED + HOUR / 2) }),
      sqsRecord("c1", "retail-thai#C"),
    ]);
    expect(waits.sort()).toEqual(["retail-thai 1800", "retail-thai 3600"]);
    const permanent = new PermanentFailure("GenesysRefused", "no", "MessageExpired");
    const parked = setUpConsume({ a1: permanent });
    await parked.run(batch());
    expect(parked.waits).toEqual([]);
  });

  it("gives the later records of a failed customer back unattempted, with the same visibility", async () => {
    const { run, attempted, visibility, counts } = setUpConsume({
      a2: new RetryableFailure("Genesys answered 503."),
    });
    expect(await run(batch())).toEqual(["a2", "a3"]);
    expect(attempted).not.toContain("a3");
    expect(attempted).toContain("b2");
    expect(visibility).toEqual(["a2 1", "a3 1"]);
    expect(counts).toEqual(["Retried retail-thai"]);
  });

  it("obeys Retry-After", async () => {
    const { run, visibility } = setUpConsume({
      b1: new RetryableFailure("Genesys answered 429.", 77),
    });
    await run(batch());
    expect(visibility).toEqual(["b1 77", "b2 77"]);
  });

  it("goes on with the customer's next record when it has parked one", async () => {
    const { run, attempted } = setUpConsume({
      a1: new PermanentFailure("GenesysRefused", "Genesys refused with 400."),
    });
    expect(await run(batch())).toEqual([]);
    expect(attempted).toContain("a3");
  });

  it("begins no attempt that the function's time could cut off", async () => {
    // The second attempt begins with 45 s left, which is what one request can take.
    const { run, attempted, visibility } = setUpConsume({}, { attemptTakesMs: 15_000 });
    const records = [sqsRecord("a1", "x#A"), sqsRecord("a2", "x#A"), sqsRecord("a3", "x#A")];
    expect(await run(records, 60_000)).toEqual(["a3"]);
    expect(attempted).toEqual(["a1", "a2"]);
    expect(visibility).toEqual(["a3 1"]);
    const late = setUpConsume({}, { attemptTakesMs: 15_001 });
    expect(await late.run(records, 60_000)).toEqual(["a2", "a3"]);
    expect(late.attempted).toEqual(["a1"]);
    expect(late.visibility).toEqual(["a2 1", "a3 1"]);
  });

  it("still reports the failures when their visibility cannot be set", async () => {
    const { run } = setUpConsume(
      { a1: new RetryableFailure("no") },
      { setVisibility: () => Promise.reject(new Error()) },
    );
    expect(await run(batch())).toEqual(["a1", "a2", "a3"]);
  });
});
