import * as z from "zod";
import { ACCOUNT_ID } from "../../template/stack-definition.ts";
import { jsonResponse, operationOf, parseJson } from "../aws-json.ts";
import type { ServiceAccess } from "./service-access.ts";

/**
 * Operations and the actions that they need: a batch needs the action of a single message.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html
 */
const ACTIONS = new Map([
  ["SendMessage", "sqs:SendMessage"],
  ["SendMessageBatch", "sqs:SendMessage"],
  ["ReceiveMessage", "sqs:ReceiveMessage"],
  ["DeleteMessage", "sqs:DeleteMessage"],
  ["DeleteMessageBatch", "sqs:DeleteMessage"],
  ["ChangeMessageVisibility", "sqs:ChangeMessageVisibility"],
  ["ChangeMessageVisibilityBatch", "sqs:ChangeMessageVisibility"],
  ["GetQueueAttributes", "sqs:GetQueueAttributes"],
  ["GetQueueUrl", "sqs:GetQueueUrl"],
]);

const queueRequest = z.union([
  z.object({ QueueUrl: z.string() }).transform(({ QueueUrl }) => QueueUrl),
  z.object({ QueueName: z.string() }).transform(({ QueueName }) => QueueName),
]);

export const sqsAccess: ServiceAccess = {
  name: "sqs",

  read({ headers, body }, region) {
    const operation = operationOf(headers);
    const action = ACTIONS.get(operation);
    const queue = queueRequest.safeParse(parseJson(body));
    if (action === undefined || !queue.success) return { operation, needs: undefined };
    const name = queue.data.slice(queue.data.lastIndexOf("/") + 1);
    return {
      operation,
      needs: [{ action, resource: `arn:aws:sqs:${region}:${ACCOUNT_ID}:${name}` }],
    };
  },

  /**
   * The SDK reads the error's name from the header, as in the older query protocol. The action is in
   * lower case, unlike in other services:
   * https://github.com/aws/serverless-application-model/issues/3633,
   * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#x-amzn-query-error
   */
  refuse(_call, denied, explain) {
    const Message = explain({ ...denied, action: denied.action.toLowerCase() });
    const __type = "com.amazon.coral.service#AccessDeniedException";
    const answer = jsonResponse(403, { __type, Message }, "1.0");
    answer.headers["x-amzn-query-error"] = "AccessDenied;Sender";
    return answer;
  },
};
