import { GetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";

/**
 * Asks SQS about a queue, so that SQS goes on reporting its metrics: it stops six hours after the last call, also
 * while messages lie in the queue. Throws when SQS refuses or does not answer.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/monitoring-using-cloudwatch.html
 */
export async function keepReporting(sqs: Pick<SQSClient, "send">, queueUrl: string): Promise<void> {
  await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ["ApproximateNumberOfMessages"],
    }),
  );
}
