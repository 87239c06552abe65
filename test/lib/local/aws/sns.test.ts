import { ListSubscriptionsByTopicCommand, PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { startSns } from "../../../../lib/local/aws/sns.ts";
import type { HttpServer } from "../../../../lib/local/http-server.ts";

const TOPIC = "arn:aws:sns:ap-southeast-1:000000000000:alarms";
const OTHER = "arn:aws:sns:ap-southeast-1:000000000000:other";

describe("SNS", () => {
  let server: HttpServer;
  let client: SNSClient;

  beforeAll(async () => {
    server = await startSns(
      [TOPIC, OTHER],
      [{ topicArn: TOPIC, protocol: "email", endpoint: "a&b@example.com" }],
    );
    client = new SNSClient({
      region: "ap-southeast-1",
      endpoint: server.url,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      maxAttempts: 1,
    });
  });
  afterAll(async () => {
    client.destroy();
    await server.close();
  });

  const subscriptions = async (TopicArn: string) =>
    (await client.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions;

  test("lists who is subscribed to a topic, as if all had confirmed it", async () => {
    expect(await subscriptions(TOPIC)).toEqual([
      {
        SubscriptionArn: expect.stringMatching(new RegExp(`^${TOPIC}:[0-9a-f-]{36}$`)),
        Owner: "000000000000",
        Protocol: "email",
        Endpoint: "a&b@example.com",
        TopicArn: TOPIC,
      },
    ]);
    expect((await subscriptions(OTHER)) ?? []).toEqual([]);
  });

  test("does not know another topic", async () => {
    await expect(subscriptions(`${TOPIC}-2`)).rejects.toMatchObject({
      name: "NotFoundException",
      message: "Topic does not exist",
      $metadata: { httpStatusCode: 404 },
    });
  });

  test("publishes nothing", async () => {
    const publish = new PublishCommand({ TopicArn: TOPIC, Message: "x" });
    await expect(client.send(publish)).rejects.toMatchObject({ name: "InvalidAction" });
  });
});
