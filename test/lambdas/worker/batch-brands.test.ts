import { brandSettingsSchema } from "../../../lambdas/shared/contract/brand-settings.ts";
import { PermanentFailure } from "../../../lambdas/shared/failures/failures.ts";
import { UNKNOWN } from "../../../lambdas/shared/tables/customer.ts";
import type { Heard } from "../../../lambdas/shared/tables/heard.ts";
import { createBatchBrands } from "../../../lambdas/worker/batch-brands.ts";
import { sqsRecord } from "../sqs-record.ts";
import { fakeWorkerBrand } from "./fake-worker-brand.ts";

function lineEvent(id: string, at: number, fields: object = {}, brand = "retail-thai") {
  const event = {
    type: "message",
    mode: "active",
    timestamp: at,
    webhookEventId: id,
    replyToken: `token of ${id}`,
    deliveryContext: { isRedelivery: false },
    source: { type: "user", userId: "U1" },
    ...fields,
  };
  return sqsRecord(id, `${brand}#U1`, { kind: "line-event", brand, event, receivedAt: at + 1 });
}

/** What is written when the first event of U1, which happened at 1, is taken from a batch of these records. */
async function writtenWithFirst(records: ReturnType<typeof lineEvent>[]) {
  const written: (readonly Heard[])[] = [];
  const unused = fakeWorkerBrand();
  const brand = fakeWorkerBrand({
    settings: brandSettingsSchema.parse({ customAttributes: {}, groups: "bridge" }),
    customers: {
      ...unused.customers,
      async heardFrom(_id, heard) {
        written.push(heard);
        return UNKNOWN;
      },
    },
  });
  const findBrand = createBatchBrands(records, (key) => {
    if (key !== brand.key) throw new PermanentFailure("UnknownBrand", "It is not configured.");
    return brand;
  });
  await findBrand("retail-thai").customers.heardFrom("U1", [{ at: 1 }]);
  await findBrand("retail-thai").customers.heardFrom("U1", [{ at: 1 }]);
  expect(written).toHaveLength(1);
  return written[0]?.map(({ at, replyToken }) => [at, replyToken?.token]);
}

describe("the brands of a batch", () => {
  it("know all that the batch tells of a customer, also after another lookup", async () => {
    const records = [lineEvent("one", 1), lineEvent("two", 2), lineEvent("three", 3)];
    expect(await writtenWithFirst(records)).toEqual([
      [1, undefined],
      [1, "token of one"],
      [2, "token of two"],
      [3, "token of three"],
    ]);
  });

  it("keep what ends with a block, other customers, other brands and what cannot be read apart", async () => {
    const records = [
      lineEvent("one", 1),
      lineEvent("of-another", 2, { source: { type: "user", userId: "U2" } }),
      lineEvent("of-a-group", 2, { source: { type: "group", groupId: "C1", userId: "U1" } }),
      lineEvent("of-another-brand", 2, {}, "retail-gone"),
      lineEvent("in-standby", 3, { mode: "standby" }),
      lineEvent("block", 4, { type: "unfollow" }),
      lineEvent("after-the-block", 5),
      sqsRecord("unreadable", "retail-thai#U1", {}),
    ];
    expect(await writtenWithFirst(records)).toEqual([
      [1, undefined],
      [1, "token of one"],
      [3, undefined],
    ]);
  });

  it("do not read the only record of a batch again", async () => {
    expect(await writtenWithFirst([lineEvent("one", 1)])).toEqual([[1, undefined]]);
  });

  it("are as unknown as without a batch", () => {
    const findBrand = createBatchBrands([], () => {
      throw new PermanentFailure("UnknownBrand", "It is not configured.");
    });
    expect(() => findBrand("gone")).toThrow("It is not configured.");
  });
});
