import {
  GetAccountSettingsCommand,
  LambdaClient,
  ListFunctionsCommand,
} from "@aws-sdk/client-lambda";
import { startLambda } from "../../../../lib/local/aws/lambda.ts";
import type { HttpServer } from "../../../../lib/local/http-server.ts";

describe("Lambda's API", () => {
  let server: HttpServer;
  let client: LambdaClient;

  beforeAll(async () => {
    server = await startLambda();
    client = new LambdaClient({
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

  test("tells the quotas of an ordinary account", async () => {
    const { AccountLimit } = await client.send(new GetAccountSettingsCommand({}));
    expect(AccountLimit).toMatchObject({
      ConcurrentExecutions: 1_000,
      UnreservedConcurrentExecutions: 1_000,
    });
  });

  test("knows nothing else", async () => {
    await expect(client.send(new ListFunctionsCommand({}))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      $metadata: { httpStatusCode: 404 },
    });
  });
});
