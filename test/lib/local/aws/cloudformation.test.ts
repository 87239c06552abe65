import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { startCloudFormation } from "../../../../lib/local/aws/cloudformation.ts";
import type { HttpServer } from "../../../../lib/local/http-server.ts";

describe("CloudFormation", () => {
  let server: HttpServer;
  let client: CloudFormationClient;

  beforeAll(async () => {
    server = await startCloudFormation({
      name: "Small",
      region: "ap-southeast-1",
      outputs: [
        { key: "Url", value: "http://127.0.0.1:1/?a=1&b=<2>", description: `"ลูกค้า" & 'LINE'` },
        { key: "Bare", value: "x", description: undefined },
      ],
    });
    client = new CloudFormationClient({
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

  const describeStacks = async (StackName?: string) =>
    (await client.send(new DescribeStacksCommand({ StackName }))).Stacks ?? [];

  test("describes the stack by name, by id, and among all", async () => {
    const [stack] = await describeStacks("Small");
    expect(stack).toMatchObject({
      StackId: expect.stringMatching(
        /^arn:aws:cloudformation:ap-southeast-1:000000000000:stack\/Small\/[0-9a-f-]{36}$/,
      ),
      StackName: "Small",
      StackStatus: "CREATE_COMPLETE",
      CreationTime: expect.any(Date),
      Outputs: [
        {
          OutputKey: "Url",
          OutputValue: "http://127.0.0.1:1/?a=1&b=<2>",
          Description: `"ลูกค้า" & 'LINE'`,
        },
        { OutputKey: "Bare", OutputValue: "x" },
      ],
    });
    expect(await describeStacks(stack?.StackId)).toEqual([stack]);
    expect(await describeStacks()).toEqual([stack]);
  });

  test("does not know another stack", async () => {
    await expect(describeStacks("Large")).rejects.toMatchObject({
      name: "ValidationError",
      message: "Stack with id Large does not exist",
      $metadata: { httpStatusCode: 400 },
    });
  });

  test("names an action that it does not have", async () => {
    const answer = await fetch(server.url, {
      method: "POST",
      body: new URLSearchParams({ Action: "DeleteStack", Version: "2010-05-15" }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(
      "<Code>InvalidAction</Code><Message>Could not find operation DeleteStack for version 2010-05-15</Message>",
    );
  });
});
