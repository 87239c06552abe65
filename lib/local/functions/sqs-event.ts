import type { Message } from "@aws-sdk/client-sqs";
import type { SQSEvent, SQSMessageAttribute, SQSRecord } from "aws-lambda";
import type { QueueDefinition } from "../template/queue-definition.ts";

/** Makes the event that an SQS event source mapping gives a function. */
export function sqsEvent(messages: Message[], queue: QueueDefinition, region: string): SQSEvent {
  return { Records: messages.map((message) => sqsRecord(message, queue, region)) };
}

function sqsRecord(message: Message, queue: QueueDefinition, region: string): SQSRecord {
  return {
    messageId: message.MessageId ?? "",
    receiptHandle: message.ReceiptHandle ?? "",
    body: message.Body ?? "",
    attributes: {
      ...message.Attributes,
      ApproximateReceiveCount: message.Attributes?.ApproximateReceiveCount ?? "",
      SentTimestamp: message.Attributes?.SentTimestamp ?? "",
      SenderId: message.Attributes?.SenderId ?? "",
      ApproximateFirstReceiveTimestamp: message.Attributes?.ApproximateFirstReceiveTimestamp ?? "",
    },
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, attribute]) => [
        name,
        {
          ...(attribute.StringValue === undefined ? {} : { stringValue: attribute.StringValue }),
          ...(attribute.BinaryValue === undefined
            ? {}
            : { binaryValue: Buffer.from(attribute.BinaryValue).toString("base64") }),
          stringListValues: [],
          binaryListValues: [],
          dataType: attribute.DataType ?? "String",
        } satisfies SQSMessageAttribute,
      ]),
    ),
    md5OfBody: message.MD5OfBody ?? "",
    ...(message.MD5OfMessageAttributes === undefined
      ? {}
      : { md5OfMessageAttributes: message.MD5OfMessageAttributes }),
    eventSource: "aws:sqs",
    eventSourceARN: queue.arn,
    awsRegion: region,
  };
}
