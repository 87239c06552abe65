/** The second floor: a function that holds nothing but the SQS client as it comes, and sends unchecked. */
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

const sqs = new SQSClient({});

export const handler = async (event: { body?: string }) => {
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: `${process.env.AWS_ENDPOINT_URL_SQS}/000000000000/stock.fifo`,
      MessageBody: event.body ?? "none",
      MessageGroupId: "customer",
      MessageDeduplicationId: "event",
    }),
  );
  return { statusCode: 200, body: "OK" };
};
