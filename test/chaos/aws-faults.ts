import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import type { AwsResponse } from "../../lib/local/aws/aws-server.ts";
import type { FunctionCall, InterfereWithAws } from "../../lib/local/aws/interfere-with-aws.ts";
import type { Ledger } from "./ledger.ts";
import type { Mishaps } from "./mishaps.ts";
import type { QueueOperator } from "./queue-operator.ts";

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
const putting = z.object({
  Item: z.object({
    pk: z.object({ S: z.string() }),
    state: z.object({ S: z.string() }).optional(),
  }),
  ConditionExpression: z.string().optional(),
});
const taking = z.object({ UpdateExpression: z.literal("REMOVE #slot") });
const updating = z.object({ Key: z.object({ pk: z.object({ S: z.string() }) }) });
const receiving = z.object({ QueueUrl: z.string() });
const received = z.object({ Messages: z.array(z.object({ ReceiptHandle: z.string() })) });

/** Of a thousand calls. */
const FAULTY = 12;
const PARTIAL = 600;
const COPIED = 20;
const EXPOSED = 30;

/** What consumers cannot do while AWS is out; noting what was delivered is no part of it, as that would double. */
const OUT = new Set([
  "PutItem",
  "GetItem",
  "BatchGetItem",
  "SendMessage",
  "SendMessageBatch",
  "ChangeMessageVisibilityBatch",
]);
/** Of the calls of each step of a reply, those during and after which the sender is killed. */
const KILLED_AT_STEP = { during: 1, after: 2 };
/** Of the calls that read an image and that store one, those during and after which its function is killed. */
const IMAGE_KILLS: Record<string, { nth: number; isDone: boolean }> = {
  GetObject: { nth: 1, isDone: false },
  PutObject: { nth: 2, isDone: true },
};
const CONSUMERS = new Set(["worker", "outbound-sender"]);

/**
 * What goes wrong between the functions and AWS; and, in passing, what SQS says of the order. Calls
 * have no names, so chance goes by how many there were before: in this, two runs of a seed differ.
 */
export function awsFaults(
  ledger: Ledger,
  mishaps: Mishaps,
  operator: Promise<QueueOperator>,
): InterfereWithAws {
  const { chance, troubles } = mishaps;
  let calls = 0;
  const steps = new Map<ReplyStep, number>();
  const imageCalls = new Map<string, number>();
  const happens = (perThousand: number, ...about: (string | number)[]) =>
    !troubles.isCalm() && chance.of("AWS", ...about) < perThousand / 1_000;

  return async (call, pass) => {
    calls += 1;
    const step = stepOf(call);
    const isNote = step === "its outcome is noted";
    if (CONSUMERS.has(call.caller) && OUT.has(call.operation) && !isNote && mishaps.isOut("AWS")) {
      ledger.count(`${call.service}: outage`);
      return failure(call);
    }
    if (step !== undefined) return replyStep(step, call, pass);
    const imageKill = imageKillAt(call);
    if (imageKill !== undefined) {
      if (imageKill.isDone) await pass();
      await mishaps.kill(call.caller);
      return undefined;
    }
    if (call.operation === "SendMessage") return park(call, pass, calls);
    if (call.operation === "SendMessageBatch") return send(call, pass, calls);
    // The second attempt of the SDK succeeds, as it mostly does.
    const isRetry = /attempt=[2-9]/.test(String(call.request.headers["amz-sdk-request"]));
    if (!isRetry && happens(FAULTY, call.operation, calls)) return fault(call, pass, calls);
    const answer = await pass();
    if (call.operation === "UpdateItem" && answer.status === 200) note(call);
    if (call.operation === "ReceiveMessage") expose(call, answer, calls);
    return answer;
  };

  function imageKillAt({ caller, operation }: FunctionCall) {
    if (caller !== "outbound-images" || !mishaps.isEarly()) return undefined;
    const nth = (imageCalls.get(operation) ?? 0) + 1;
    imageCalls.set(operation, nth);
    return IMAGE_KILLS[operation]?.nth === nth ? IMAGE_KILLS[operation] : undefined;
  }

  /** Kills the sender between every two steps of a reply, some times. */
  async function replyStep(step: ReplyStep, call: FunctionCall, pass: () => Promise<AwsResponse>) {
    const item = putting.safeParse(JSON.parse(String(call.request.body))).data?.Item;
    const key = item?.pk.S;
    // After a reply that LINE has refused, a push is right.
    const isCounted = step !== "its outcome is noted" || item?.state?.S === "accepted";
    const nth = (steps.get(step) ?? 0) + (isCounted ? 1 : 0);
    steps.set(step, nth);
    const isKilled = (when: number) => isCounted && mishaps.isEarly() && nth === when;
    if (isKilled(KILLED_AT_STEP.during)) return killed();
    if (key !== undefined && step === "it is decided" && !ledger.decidedAt.has(key)) {
      ledger.decidedAt.set(key, Date.now());
    }
    const answer = await pass();
    if (key !== undefined && step === "its outcome is noted" && answer.status === 200) {
      ledger.notedAt.set(key, Date.now());
    }
    return isKilled(KILLED_AT_STEP.after) ? killed() : answer;

    async function killed() {
      ledger.count(`killed when of a reply ${step}`);
      await mishaps.kill("outbound-sender");
      return undefined;
    }
  }

  async function fault(call: FunctionCall, pass: () => Promise<AwsResponse>, nth: number) {
    const kind = chance.pick({ failed: 5, slow: 3, "cut before": 2, "cut after": 1 }, "kind", nth);
    // A claim whose answer is lost looks like that of somebody else until it expires.
    if (kind === "cut after" && !mishaps.isEarly()) return pass();
    ledger.count(`${call.service}: ${kind}`);
    switch (kind) {
      case "failed":
        return failure(call);
      case "slow": {
        await delay(200 + 600 * chance.of("slow", nth));
        const answer = await pass();
        if (call.operation === "UpdateItem" && answer.status === 200) note(call);
        return answer;
      }
      case "cut before":
        return undefined;
      case "cut after":
        if ((await pass()).status === 200 && call.operation === "UpdateItem") note(call);
        return undefined;
    }
  }

  function note({ request }: FunctionCall) {
    const { data } = updating.safeParse(JSON.parse(String(request.body)));
    const key = data?.Key.pk.S ?? "";
    if (!ledger.notedAt.has(key)) ledger.notedAt.set(key, Date.now());
  }

  /** A consumer that is killed between parking a message and taking it off its queue. */
  async function park(call: FunctionCall, pass: () => Promise<AwsResponse>, nth: number) {
    const answer = await pass();
    if (!mishaps.isEarly() || chance.of("killed at parking", nth) < 0.5) return answer;
    ledger.count("sqs: killed at parking");
    await mishaps.kill(call.caller);
    return undefined;
  }

  async function send({ request }: FunctionCall, pass: () => Promise<AwsResponse>, nth: number) {
    if (happens(FAULTY, "send fails", nth)) {
      ledger.count("sqs: batch refused");
      return failure({ service: "sqs" });
    }
    const { QueueUrl, Entries } = sending.parse(JSON.parse(String(request.body)));
    const isPartial = Entries.length > 1 && happens(PARTIAL, "partial", nth);
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
    void delay(wait).then(async () => (await operator).copy(queueUrl, MessageGroupId, MessageBody));
  }

  function expose({ request }: FunctionCall, answer: AwsResponse, nth: number) {
    const { data } = received.safeParse(JSON.parse(String(answer.body)));
    const [first] = data?.Messages ?? [];
    if (first === undefined || !happens(EXPOSED, "exposed", nth)) return;
    ledger.count("sqs: visibility timeout passed at work");
    ledger.exposed.add(first.ReceiptHandle);
    const { QueueUrl } = receiving.parse(JSON.parse(String(request.body)));
    mishaps.later(1_000 * chance.of("exposed when", nth), async () =>
      (await operator).expose(QueueUrl, first.ReceiptHandle),
    );
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

type ReplyStep = "its token is taken" | "it is decided" | "its outcome is noted";

/** Which step of a reply a call is; undefined for all else, also for the decision to push. */
function stepOf({ caller, operation, request }: FunctionCall): ReplyStep | undefined {
  if (caller !== "outbound-sender") return undefined;
  const body = () => JSON.parse(String(request.body));
  if (operation === "UpdateItem" && taking.safeParse(body()).success) return "its token is taken";
  const put = operation === "PutItem" ? putting.safeParse(body()).data : undefined;
  if (!put?.Item.pk.S.startsWith("way#")) return undefined;
  if (put.Item.state?.S === "sending") return "it is decided";
  return put.ConditionExpression?.includes("#state") ? "its outcome is noted" : undefined;
}
