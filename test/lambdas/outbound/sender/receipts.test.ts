import { PermanentFailure } from "../../../../lambdas/shared/failures/failures.ts";
import { startSender } from "./sender.ts";

describe("receipts", () => {
  it("tells Genesys that a message failed, then parks it", async () => {
    const { run, enqueued, queues, parked } = startSender({
      failure: () =>
        new PermanentFailure("LineRefused", "LINE refused with 400.", "InvalidDestination"),
    });
    expect(await run({ text: "x" })).toEqual({ batchItemFailures: [] });
    expect(parked).toEqual(["LineRefused"]);
    expect(queues).toEqual(["retail-thai"]);
    expect(enqueued.map(({ groupId, deduplicationId }) => [groupId, deduplicationId])).toEqual([
      ["retail-thai#receipt#g1", "Failed#g1"],
    ]);
    expect(JSON.parse(enqueued[0]?.body ?? "")).toEqual({
      kind: "receipt",
      brand: "retail-thai",
      receipt: {
        messageId: "g1",
        to: "U1",
        time: "2026-11-23T00:00:00.000Z",
        status: "Failed",
        reason: { code: "InvalidDestination", message: "LINE refused with 400." },
      },
    });
  });

  const messageOf = (brand: string) => ({
    kind: "message",
    brand,
    message: { id: "g1", type: "Text", text: "x", channel: { to: { id: "U1" } } },
  });

  it.each([
    ["what is no message of the bridge's", { kind: "letter" }, ["Unreadable"]],
    ["typing", { kind: "typing", brand: "retail-gone", to: "U1", seconds: 5 }, ["UnknownBrand"]],
    ["a brand that has left, with its queues", messageOf("retail-gone"), ["UnknownBrand"]],
  ])("are not for %s that is parked", async (_, body, reasons) => {
    const { take, enqueued, parked } = startSender();
    expect(await take(body)).toEqual({ batchItemFailures: [] });
    expect(parked).toEqual(reasons);
    expect(enqueued).toEqual([]);
  });
});
