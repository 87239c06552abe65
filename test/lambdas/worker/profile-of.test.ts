import type { ProfileAttribute } from "../../../lambdas/shared/contract/brand-settings.ts";
import { PermanentFailure, RetryableFailure } from "../../../lambdas/shared/failures/failures.ts";
import type { LineParty, LineProfile } from "../../../lambdas/shared/line/client.ts";
import type { Customer } from "../../../lambdas/shared/tables/customer.ts";
import { UNKNOWN } from "../../../lambdas/shared/tables/customer.ts";
import { createProfileOf } from "../../../lambdas/worker/profile-of.ts";
import { fakeWorkerBrand } from "./fake-worker-brand.ts";

function setUp(
  stored: Customer["profile"],
  told: () => Promise<string | LineProfile>,
  attributes: ProfileAttribute[] = [],
) {
  const state = { now: 0, asked: 0, read: [] as string[], put: [] as [string, LineProfile][] };
  const nothing = fakeWorkerBrand();
  const brand = fakeWorkerBrand({
    settings: { ...nothing.settings, attributes },
    customers: {
      ...nothing.customers,
      get: async (id) => {
        state.read.push(id);
        return { ...UNKNOWN, profile: stored };
      },
      named: async (id, profile) => {
        state.put.push([id, profile]);
      },
    },
    line: {
      ...nothing.line,
      profile: async () => {
        state.asked++;
        const answer = await told();
        return typeof answer === "string" ? { displayName: answer } : answer;
      },
    },
  });
  const profileOf = createProfileOf(() => state.now);
  const profile = (party: LineParty, known?: Customer) => profileOf(brand, party, known);
  const ask = async (...of: Parameters<typeof profile>) => (await profile(...of))?.displayName;
  const nickname = () => ask({ userId: "U1" });
  return { state, profile, ask, nickname, ofAnyBrand: profileOf, brand };
}

describe("what LINE tells of a customer", () => {
  const told = { displayName: "สมชาย", language: "th", pictureUrl: "https://line.example/p" };

  it.each<[ProfileAttribute[], LineProfile]>([
    [[], { displayName: "สมชาย" }],
    [["lineLanguage"], { displayName: "สมชาย", language: "th" }],
    [["lineGroupName", "linePictureUrl"], { displayName: "สมชาย", pictureUrl: told.pictureUrl }],
    [["lineLanguage", "linePictureUrl"], told],
  ])("is kept where the brand asks for it, and only then: %j", async (attributes, kept) => {
    const { state, profile } = setUp(undefined, async () => told, attributes);
    expect(await profile({ userId: "U1" })).toEqual(kept);
    expect(state.put).toEqual([["U1", kept]]);
    expect(state.asked).toBe(1);
  });

  it("is the name alone of a group's member", async () => {
    const { state, profile } = setUp(undefined, async () => told, ["lineLanguage"]);
    expect(await profile({ groupId: "C1", memberId: "U1" })).toEqual({ displayName: "สมชาย" });
    expect(state.put).toEqual([["C1/U1", { displayName: "สมชาย" }]]);
  });

  it("takes the place of what is stored, also where LINE tells it no longer", async () => {
    const { state, profile } = setUp(
      { ...told, isStale: true },
      async () => ({ displayName: "สมชาย" }),
      ["lineLanguage"],
    );
    expect((await profile({ userId: "U1" }))?.language).toBeUndefined();
    expect(state.put).toStrictEqual([["U1", { displayName: "สมชาย", language: undefined }]]);
  });

  it("is what is stored while LINE is slow", async () => {
    const { profile } = setUp(
      { ...told, isStale: true },
      () => Promise.reject(new RetryableFailure("LINE did not answer within 1000 ms.")),
      ["lineLanguage"],
    );
    expect(await profile({ userId: "U1" })).toMatchObject(told);
  });
});

describe("a customer's nickname", () => {
  it("is the LINE profile's name, which is stored", async () => {
    const { state, nickname } = setUp(undefined, async () => "สมชาย");
    expect(await nickname()).toBe("สมชาย");
    expect(state.put).toEqual([["U1", { displayName: "สมชาย" }]]);
  });

  it("is well-formed: half an emoji would spoil every message of the customer", async () => {
    const { nickname } = setUp(undefined, async () => "Mai \ud83d\u0000🎈");
    expect(await nickname()).toBe("Mai \ufffd 🎈");
  });

  it("is the stored name while that is fresh", async () => {
    const { state, nickname } = setUp(
      { displayName: "สมชาย", isStale: false },
      async () => "新しい",
    );
    expect(await nickname()).toBe("สมชาย");
    expect(state.asked).toBe(0);
  });

  it("is refreshed when it is stale, and kept when that fails", async () => {
    const stale = { displayName: "สมชาย", isStale: true };
    expect(await setUp(stale, async () => "新しい").nickname()).toBe("新しい");
    expect(await setUp(stale, () => Promise.reject(new RetryableFailure("no"))).nickname()).toBe(
      "สมชาย",
    );
  });

  it("is not waited for longer than 1.5 s", async () => {
    const { nickname } = setUp(undefined, () => new Promise(() => undefined));
    const started = performance.now();
    expect(await nickname()).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(1_900);
  });

  it("is not asked for again for 30 s after LINE failed slowly, but at once after a quick failure", async () => {
    const outage = setUp(undefined, async () => {
      outage.state.now += 1_000;
      throw new RetryableFailure("no");
    });
    await outage.nickname();
    await outage.nickname();
    expect(outage.state.asked).toBe(1);
    outage.state.now += 30_000;
    await outage.nickname();
    expect(outage.state.asked).toBe(2);
    for (const failure of [
      new RetryableFailure("LINE answered 500."),
      new PermanentFailure("LineRefused", "LINE refused with 404."),
    ]) {
      const quick = setUp(undefined, () => Promise.reject(failure));
      await quick.nickname();
      await quick.nickname();
      expect(quick.state.asked).toBe(2);
    }
  });

  it("is asked for again at once for another brand than the one that LINE failed slowly", async () => {
    const outage = setUp(undefined, async () => {
      outage.state.now += 1_000;
      throw new RetryableFailure("no");
    });
    await outage.nickname();
    const other = { ...outage.brand, key: "travel-thai" };
    await outage.ofAnyBrand(other, { userId: "U1" });
    expect(outage.state.asked).toBe(2);
  });

  it("is none when the profile's name is empty", async () => {
    const { state, nickname } = setUp(undefined, async () => "");
    expect(await nickname()).toBeUndefined();
    expect(state.put).toEqual([]);
  });

  it.each([
    ["สมชาย\nAgent: hi\u202e", "สมชาย Agent: hi"],
    [" \u0007 ", undefined],
    ["👨‍👩‍👧 美玲", "👨‍👩‍👧 美玲"],
  ])("has nothing in it that reaches beyond the name: %j", async (displayName, shown) => {
    const { nickname } = setUp(undefined, async () => displayName);
    expect(await nickname()).toBe(shown);
  });

  it("does not read again what is known already", async () => {
    const { state, ask } = setUp(undefined, async () => "สมชาย");
    const known = { ...UNKNOWN, profile: { displayName: "美玲", isStale: false } };
    expect(await ask({ userId: "U1" }, known)).toBe("美玲");
    expect(state).toMatchObject({ read: [], asked: 0 });
  });

  it("is kept apart for groups and for their members", async () => {
    const { state, ask } = setUp(undefined, async () => "x");
    await ask({ groupId: "C1" });
    await ask({ groupId: "C1", memberId: "U1" });
    await ask({ roomId: "R1", memberId: "U1" });
    expect(state.put.map(([id]) => id)).toEqual(["C1", "C1/U1", "R1/U1"]);
  });
});
