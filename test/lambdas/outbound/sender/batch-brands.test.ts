import type { SQSRecord } from "aws-lambda";
import { createBatchBrands } from "../../../../lambdas/outbound/sender/batch-brands.ts";
import { brandSettingsSchema } from "../../../../lambdas/shared/contract/brand-settings.ts";
import { PermanentFailure } from "../../../../lambdas/shared/failures/failures.ts";
import { UNKNOWN } from "../../../../lambdas/shared/tables/customer.ts";
import { sqsRecord } from "../../sqs-record.ts";
import { fakeWorkerBrand } from "../../worker/fake-worker-brand.ts";

const message = (id: string, to: string, attributes: object = {}, brand = "retail-thai") =>
  sqsRecord(
    id,
    `${brand}#${to}`,
    {
      kind: "message",
      brand,
      message: { id, type: "Text", text: "x", channel: { to: { id: to } } },
    },
    attributes,
  );

/** What is read for a customer of the first record of these, in a brand that answers so. */
async function readFor(reply: "push" | "reply-first", records: SQSRecord[]) {
  const reads: string[] = [];
  const unused = fakeWorkerBrand();
  const brand = fakeWorkerBrand({
    settings: brandSettingsSchema.parse({ customAttributes: {}, reply }),
    ways: {
      ...unused.ways,
      async readTogether(messageIds, customerIds) {
        reads.push(...messageIds, ...customerIds);
        return { ways: new Map(), customers: new Map(customerIds.map((id) => [id, UNKNOWN])) };
      },
    },
  });
  const findBrand = createBatchBrands(
    records,
    (key) => {
      if (key !== brand.key) throw new PermanentFailure("UnknownBrand", "It is not configured.");
      return brand;
    },
    () => 0,
  );
  await findBrand("retail-thai").read({ messageId: "g1" }, { to: "U1" });
  await findBrand("retail-thai").read({ messageId: "g1" }, { to: "U1" });
  return reads;
}

describe("what the sender reads for a batch", () => {
  const again = { ApproximateReceiveCount: "2" };
  const redriven = {
    ...message("g4", "U4"),
    messageAttributes: { TriedSince: { dataType: "Number" as const, stringValue: "1" } },
  };

  it("is the customers, and of messages that may have been tried the ways, where the brand pushes", async () => {
    const records = [
      message("g1", "U1"),
      message("g2", "U1"),
      message("g3", "U3", again),
      redriven,
    ];
    expect(await readFor("push", records)).toEqual(["g3", "g4", "U1", "U3", "U4"]);
  });

  it("is all, where the brand replies", async () => {
    const typing = { kind: "typing", brand: "retail-thai", to: "U5", seconds: 5 };
    const records = [
      message("g1", "U1"),
      message("g2", "U2"),
      sqsRecord("typing", "retail-thai#typing#U5", typing),
      sqsRecord("unreadable", "retail-thai#U6", {}),
      message("g7", "U7", {}, "retail-gone"),
    ];
    // The first record asks for nothing but its customer here.
    expect(await readFor("reply-first", records)).toEqual(["g2", "U1", "U2", "U5"]);
  });
});
