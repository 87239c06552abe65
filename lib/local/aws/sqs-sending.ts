import * as z from "zod";
import { jsonResponse, parseJson } from "./aws-json.ts";
import type { Forward } from "./aws-proxy.ts";
import type { AwsRequest, AwsResponse } from "./aws-server.ts";
import { scopeToGroup } from "./group-deduplication.ts";
import { messageFault, messageSchema } from "./sqs-limits.ts";

/** Whether the queue with this URL de-duplicates within each group. */
export type IsGroupScoped = (queueUrl: string) => boolean;

const sendRequest = messageSchema.extend({ QueueUrl: z.string() });

/** Passes a message on, unless SQS would refuse it. */
export async function sendMessage(
  request: AwsRequest,
  forward: Forward,
  isGroupScoped: IsGroupScoped,
): Promise<AwsResponse> {
  const message = sendRequest.safeParse(parseJson(request.body));
  if (!message.success) return forward(request);
  const fault = messageFault(message.data);
  if (fault !== undefined) {
    const content = { __type: "com.amazonaws.sqs#InvalidParameterValue", message: fault };
    const refusal = jsonResponse(400, content, "1.0");
    refusal.headers["x-amzn-query-error"] = "InvalidParameterValue;Sender";
    return refusal;
  }
  if (!isGroupScoped(message.data.QueueUrl)) return forward(request);
  return forward({ ...request, body: Buffer.from(JSON.stringify(scopeToGroup(message.data))) });
}

const batchRequest = z.looseObject({
  QueueUrl: z.string(),
  Entries: z.array(messageSchema.extend({ Id: z.string() })),
});
const batchResult = z.looseObject({ Failed: z.array(z.unknown()).optional() });

/** Passes a batch on without the messages that SQS would refuse; each of those is reported as failed. */
export async function sendMessageBatch(
  request: AwsRequest,
  forward: Forward,
  isGroupScoped: IsGroupScoped,
): Promise<AwsResponse> {
  const batch = batchRequest.safeParse(parseJson(request.body));
  if (!batch.success) return forward(request);
  const { QueueUrl, Entries } = batch.data;
  const faults = Entries.flatMap((entry) => {
    const Message = messageFault(entry);
    if (Message === undefined) return [];
    return [{ Id: entry.Id, SenderFault: true, Code: "InvalidParameterValue", Message }];
  });
  const faulty = new Set(faults.map(({ Id }) => Id));
  const good = Entries.filter(({ Id }) => !faulty.has(Id));
  if (faults.length > 0 && good.length === 0) {
    return jsonResponse(200, { Successful: [], Failed: faults }, "1.0");
  }
  const sent = isGroupScoped(QueueUrl) ? good.map(scopeToGroup) : good;
  const answer = await forward({
    ...request,
    body: Buffer.from(JSON.stringify({ ...batch.data, Entries: sent })),
  });
  const result = batchResult.safeParse(parseJson(answer.body));
  if (faults.length === 0 || answer.status !== 200 || !result.success) return answer;
  const Failed = [...(result.data.Failed ?? []), ...faults];
  return { ...answer, body: Buffer.from(JSON.stringify({ ...result.data, Failed })) };
}
