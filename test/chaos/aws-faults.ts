import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import type { AwsResponse } from "../../lib/local/aws/aws-server.ts";
import type { FunctionCall, InterfereWithAws } from "../../lib/local/aws/interfere-with-aws.ts";
import type { Ledger } from "./ledger.ts";
import type { Mishaps } from "./mishaps.ts";

/** What an operator of the queues can do to a message. */
export interface Queues {
  /** Lets the visibility timeout of a message pass now, while its consumer works on it. */
  expose(queueUrl: string, receiptHandle: string): Promise<void>;
  /** Stores the message once more, as a delivery that SQS does not recognize as one. */
  copy(queueUrl: string, groupId: string, body: string): Promise<void>;
}

const entry = z.looseObject({
  Id: z.string(),
  MessageGroupId: z.string(),
  MessageDeduplicationId: z.string(),
  MessageBody: z.string(),
});
const sending = z.looseObject({ QueueUrl: z.string(), Entries: z.array(entry) });
const sent = z.looseObject({
  Successful: z.array(z.looseObject({ Id: z.string(), SequenceNumber: z.string() })).optional(),
  Failed: z.array(z.unknown()).optional(),
});
const receiving = z.object({ QueueUrl: z.string() });
const received = z.object({ Messages: z.array(z.object({ ReceiptHandle: z.string() })) });

/** Of a thousand calls. */
const FAULTY = 12;
const PARTIAL = 30;
const COPIED = 20;
const EXPOSED = 15;

/** What goes wrong between the functions and AWS; and, in passing, what SQS says of the order. */
export function awsFaults(
  ledger: Ledger,
  mishaps: Mishaps,
  queues: () => Queues,
): InterfereWithAws {
  const { chance } = mishaps;
  let calls = 0;
  const happens = (perThousand: number, ...about: (string | number)[]) =>
    chance.of("AWS", ...about) < perThousand / 1_000;

  return async (call, pass) => {
    calls += 1;
    if (call.operation === "SendMessageBatch") return send(call, pass, calls);
    // The second attempt of the SDK succeeds, as it mostly does.
    const isRetry = /attempt=[2-9]/.test(String(call.request.headers["amz-sdk-request"]));
    if (!isRetry && happens(FAULTY, call.operation, calls)) return fault(call, pass, calls);
    const answer = await pass();
    if (call.operation === "ReceiveMessage") expose(call, answer, calls);
    return answer;
  };

  async function fault(call: FunctionCall, pass: () => Promise<AwsResponse>, nth: number) {
    const kind = chance.pick({ failed: 5, slow: 3, "cut before": 2, "cut after": 1 }, "kind", nth);
    // A claim whose answer is lost looks like that of somebody else until it expires.
    if (kind === "cut after" && !mishaps.isEarly()) return pass();
    ledger.count(`${call.service}: ${kind}`);
    switch (kind) {
      case "failed":
        return failure(call);
      case "slow":
        await delay(200 + 600 * chance.of("slow", nth));
        return pass();
      case "cut before":
        return undefined;
      case "cut after":
        await pass();
        return undefined;
    }
  }

  async function send({ request }: FunctionCall, pass: () => Promise<AwsResponse>, nth: number) {
    if (happens(FAULTY, "send fails", nth)) {
      ledger.count("sqs: batch refused");
      return failure({ service: "sqs" });
    }
    const { QueueUrl, Entries } = sending.parse(JSON.parse(String(request.body)));
    const isPartial = Entries.length > 1 && happens(PARTIAL * 5, "partial", nth);
    const failed = isPartial ? Entries.splice(0, Math.ceil(Entries.length / 2)) : [];
    if (isPartial) request.body = Buffer.from(JSON.stringify({ QueueUrl, Entries }));
    const answer = await pass();
    const result = sent.safeParse(JSON.parse(String(answer.body)));
    if (!result.success) return answer;
    for (const { Id, SequenceNumber } of result.data.Successful ?? []) {
      const stored = Entries.find((one) => one.Id === Id);
      if (stored !== undefined) remember(QueueUrl, stored, SequenceNumber);
    }
    if (happens(FAULTY, "send, answer lost", nth)) {
      ledger.count("sqs: batch stored, answer lost");
      return undefined;
    }
    if (!isPartial) return answer;
    ledger.count("sqs: batch stored in part");
    const Failed = failed.map(({ Id }) => ({ Id, SenderFault: false, Code: "InternalError" }));
    return { ...answer, body: Buffer.from(JSON.stringify({ ...result.data, Failed })) };
  }

  function remember(queueUrl: string, stored: z.infer<typeof entry>, sequence: string) {
    const { MessageDeduplicationId: id, MessageGroupId, MessageBody } = stored;
    if (ledger.sequences.has(id)) return;
    ledger.sequences.set(id, sequence);
    if (!happens(COPIED, "copied", id)) return;
    ledger.count("sqs: message stored twice");
    const wait = 15_000 * chance.of("copied when", id);
    void delay(wait).then(() => queues().copy(queueUrl, MessageGroupId, MessageBody));
  }

  function expose({ request }: FunctionCall, answer: AwsResponse, nth: number) {
    const { data } = received.safeParse(JSON.parse(String(answer.body)));
    const [first] = data?.Messages ?? [];
    if (first === undefined || !happens(EXPOSED, "exposed", nth)) return;
    ledger.count("sqs: visibility timeout passed at work");
    const { QueueUrl } = receiving.parse(JSON.parse(String(request.body)));
    const wait = 1_000 * chance.of("exposed when", nth);
    void delay(wait).then(() => queues().expose(QueueUrl, first.ReceiptHandle));
  }
}

/** An answer of 500 in the form of each service. */
function failure({ service }: Pick<FunctionCall, "service">): AwsResponse {
  if (service === "s3") {
    const body = "<Error><Code>InternalError</Code><Message>internal error</Message></Error>";
    return { status: 500, headers: { "content-type": "application/xml" }, body: Buffer.from(body) };
  }
  const body = JSON.stringify({ __type: "InternalServerError", message: "internal error" });
  return {
    status: 500,
    headers: { "content-type": "application/x-amz-json-1.0" },
    body: Buffer.from(body),
  };
}
