import { type ChangeMessageVisibilityBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createSetVisibility } from "../../../../lambdas/shared/queue/set-visibility.ts";

const QUEUE = "https://sqs.example/queue.fifo";

/** SQS that does not know some receipt handles any more. */
function settingVisibility(unknown: string[]) {
  const given: string[][] = [];
  const client = new SQSClient({ region: "ap-southeast-1" });
  client.middlewareStack.add(
    () =>
      async ({ input }) => {
        const { Entries = [] } = input as ChangeMessageVisibilityBatchCommand["input"];
        given.push(Entries.map((one) => `${one.ReceiptHandle} ${one.VisibilityTimeout}`));
        const Failed = Entries.filter(({ ReceiptHandle = "" }) => unknown.includes(ReceiptHandle));
        const output = {
          Successful: [],
          Failed: Failed.map(({ Id }) => ({
            Id,
            SenderFault: true,
            Code: "ReceiptHandleIsInvalid",
          })),
          $metadata: {},
        };
        return { output, response: {} };
      },
    { step: "initialize" },
  );
  return { setVisibility: createSetVisibility(client, QUEUE), given };
}

const records = Array.from({ length: 23 }, (_, index) => ({ receiptHandle: String(index) }));

describe("createSetVisibility", () => {
  it("gives every record back, ten at a time", async () => {
    const { setVisibility, given } = settingVisibility([]);
    await setVisibility(records, 7);
    expect(given.map(({ length }) => length)).toEqual([10, 10, 3]);
    expect(given.flat()).toEqual(records.map(({ receiptHandle }) => `${receiptHandle} 7`));
  });

  it("throws what SQS says of a record that it does not take, when it has given back the others", async () => {
    const { setVisibility, given } = settingVisibility(["3", "12"]);
    const refusal = expect.objectContaining({ name: "ReceiptHandleIsInvalid" });
    await expect(setVisibility(records, 0)).rejects.toThrow(refusal);
    expect(given.flat()).toHaveLength(23);
  });

  it("asks nothing of SQS where there are none", async () => {
    const { setVisibility, given } = settingVisibility([]);
    await setVisibility([], 0);
    expect(given).toEqual([]);
  });
});
