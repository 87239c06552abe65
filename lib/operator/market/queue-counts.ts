import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";

/** How many messages a queue holds, as SQS counts them. */
export interface QueueCounts {
  waiting: number;
  /** Received by a consumer: being delivered, or waiting for the next try. */
  inFlight: number;
}

/** Throws when SQS refuses. `redrivePolicy` is JSON, or empty if there is none. */
export async function readQueue(
  sqs: SQSClient,
  queueUrl: string,
): Promise<QueueCounts & { redrivePolicy: string }> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ["All"] }),
  );
  return {
    waiting: Number(Attributes.ApproximateNumberOfMessages),
    inFlight: Number(Attributes.ApproximateNumberOfMessagesNotVisible),
    redrivePolicy: Attributes.RedrivePolicy ?? "",
  };
}
