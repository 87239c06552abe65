import {
  GetAccountSettingsCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
} from "@aws-sdk/client-lambda";
import { openGate } from "../../../../lib/local/aws/access/aws-gate.ts";
import { startLambda } from "../../../../lib/local/aws/lambda.ts";
import type { HttpServer } from "../../../../lib/local/http-server.ts";
import { eventually } from "../eventually.ts";

const arn = "arn:aws:lambda:ap-southeast-1:000000000000:function:Small-Images";
const FUNCTION = { name: "Small-Images", arn, service: "images" };

type Run = Parameters<typeof startLambda>[0]["run"];

let server: HttpServer;
let client: LambdaClient;
const runs: [service: string, event: unknown][] = [];
const logs: string[] = [];
let run: Run;

beforeAll(async () => {
  server = await startLambda({
    gate: openGate,
    functions: () => [FUNCTION],
    maxEventAge: () => 60,
    run: (...asked) => run(...asked),
    onLog: ({ source, text }) => logs.push(`${source}: ${text}`),
  });
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
beforeEach(() => {
  runs.length = 0;
  logs.length = 0;
  run = async (service, event) => {
    runs.push([service, event]);
    return { ok: true };
  };
});

const invoke = (Payload: string, FunctionName = FUNCTION.name, InvocationType = "Event") =>
  client.send(
    new InvokeCommand({ FunctionName, InvocationType: InvocationType as "Event", Payload }),
  );

describe("Lambda's API", () => {
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

describe("an asynchronous invocation", () => {
  test.each([FUNCTION.name, FUNCTION.arn])("of %s is taken before it has run", async (name) => {
    let finish = () => {};
    run = (service, event) => {
      runs.push([service, event]);
      return new Promise((resolve) => {
        finish = () => resolve({ ok: true });
      });
    };
    expect(await invoke('{"key":"ก"}', name)).toMatchObject({ StatusCode: 202 });
    expect(runs).toEqual([["images", { key: "ก" }]]);
    finish();
  });

  test("that fails is logged and not made again", async () => {
    run = async (service, event) => {
      runs.push([service, event]);
      return { ok: false, error: { errorType: "Runtime.ExitError" } };
    };
    await invoke("{}");
    expect(await eventually(() => logs[0])).toBe(
      "images: the asynchronous call failed: Runtime.ExitError",
    );
    expect(runs).toHaveLength(1);
  });

  test("is left out when it has waited for longer than the template says", async () => {
    let isWaiting = () => false;
    run = async (_service, _event, waiting) => {
      isWaiting = waiting;
      return { ok: true };
    };
    await invoke("{}");
    expect(isWaiting()).toBe(true);
    const later = jest.spyOn(Date, "now").mockReturnValue(Date.now() + 61_000);
    expect(isWaiting()).toBe(false);
    later.mockRestore();
  });

  test("may carry 1 MB", async () => {
    const text = (bytes: number) => `"${"x".repeat(bytes - 2)}"`;
    expect(await invoke(text(1_048_576))).toMatchObject({ StatusCode: 202 });
    await expect(invoke(text(1_048_577))).rejects.toMatchObject({
      name: "RequestEntityTooLargeException",
    });
    expect(runs).toHaveLength(1);
  });

  test.each([
    ["of a function that the template does not have", "{}", "other", "Event"],
    ["without JSON", "{", "Small-Images", "Event"],
    ["that waits for the answer", "{}", "Small-Images", "RequestResponse"],
  ])("%s is refused", async (_, payload, name, type) => {
    await expect(invoke(payload, name, type)).rejects.toMatchObject({
      name: expect.stringMatching(
        /^(ResourceNotFound|InvalidRequestContent|InvalidParameterValue)Exception$/,
      ),
    });
    expect(runs).toEqual([]);
  });
});
