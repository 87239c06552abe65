import type { SQSRecord } from "aws-lambda";

/** A record of a brand's inbound queue as Lambda hands it over. */
export function sqsRecord(
  id: string,
  group: string,
  body: unknown = {},
  attributes: Partial<SQSRecord["attributes"]> = {},
): SQSRecord {
  return {
    messageId: id,
    receiptHandle: `handle ${id}`,
    body: typeof body === "string" ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: "1",
      ApproximateFirstReceiveTimestamp: "1000000",
      SentTimestamp: "1000000",
      SenderId: "AIDA",
      MessageGroupId: group,
      MessageDeduplicationId: id,
      SequenceNumber: "1",
      ...attributes,
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:ap-southeast-1:000000000000:Thailand_inbound_retail-thai.fifo",
    awsRegion: "ap-southeast-1",
  };
}
