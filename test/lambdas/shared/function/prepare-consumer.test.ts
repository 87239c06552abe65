import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { prepareConsumer } from "../../../../lambdas/shared/function/prepare-consumer.ts";

interface Request {
  headers: Record<string, string>;
}

/** `answer`: of DynamoDB; ends with the signal at the latest, as the SDK's does. */
function setUp(answer: () => Promise<never>, region = async () => "ap-southeast-1") {
  const asked: string[] = [];
  const client = new DynamoDBClient({
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: "id", secretAccessKey: "key" },
    requestHandler: {
      handle: async (
        { headers }: Request,
        { abortSignal }: { abortSignal?: AbortSignal | undefined } = {},
      ) => {
        asked.push(headers["x-amz-target"] ?? "");
        const aborted = new Promise<never>((_, reject) => {
          abortSignal?.addEventListener("abort", () => reject(new Error("aborted")));
        });
        return Promise.race([answer(), aborted]);
      },
    },
  });
  const documents = DynamoDBDocumentClient.from(client);
  const table = { documents, name: "table", now: () => 0 };
  let read = 0;
  const secret = {
    readAhead: async () => {
      read += 1;
    },
  };
  return { table, secret, asked, read: () => read };
}

const isDown = async () => {
  throw new Error("DynamoDB is down");
};

it("reads the secrets and from the table", async () => {
  const { table, secret, asked, read } = setUp(isDown);
  await prepareConsumer(table, [secret, secret]);
  expect(read()).toBe(2);
  expect(asked).toEqual(["DynamoDB_20120810.GetItem"]);
});

it("waits for a table that is silent for half a second", async () => {
  const { table } = setUp(() => new Promise(() => undefined));
  const started = performance.now();
  await prepareConsumer(table, []);
  expect(performance.now() - started).toBeLessThan(1_000);
});

it("fails no start", async () => {
  const { table } = setUp(isDown, async () => {
    throw new Error("no region");
  });
  await expect(prepareConsumer(table, [])).resolves.toBeUndefined();
});
