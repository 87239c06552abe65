/** What the warm inbound function is compared with: Express with LINE's own middleware, and the SQS client as it comes. */
import { SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { middleware, type webhook } from "@line/bot-sdk";
import express, { type Request } from "express";

const sqs = new SQSClient({});

export const app = express();

/** Sends what the inbound function sends, a message for each event, and checks of it what LINE's middleware checks. */
app.post(
  "/line/:brand",
  middleware({ channelSecret: process.env.CHANNEL_SECRET ?? "" }),
  async (request: Request<{ brand: string }>, response) => {
    const { brand } = request.params;
    const { events }: webhook.CallbackRequest = request.body;
    const receivedAt = Date.now();
    await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: `${process.env.AWS_ENDPOINT_URL_SQS}/000000000000/express.fifo`,
        Entries: events.map((event, index) => ({
          Id: String(index),
          MessageBody: JSON.stringify({ kind: "line-event", brand, receivedAt, event }),
          MessageGroupId: `${brand}#${event.source?.type === "user" ? event.source.userId : ""}`,
          MessageDeduplicationId: event.webhookEventId,
        })),
      }),
    );
    response.json({ message: "OK" });
  },
);
