import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { startLambda } from "../../../../../lib/local/aws/lambda.ts";
import type { HttpServer } from "../../../../../lib/local/http-server.ts";
import { AS_WORKER, allow, deny, guardWorker, REGION, refusalOf } from "./guarded-function.ts";

const arn = `arn:aws:lambda:${REGION}:000000000000:function:Small-Images`;
const { gate, logged, setRole } = guardWorker();
let server: HttpServer;
let worker: LambdaClient;
let runs = 0;

beforeAll(async () => {
  server = await startLambda({
    gate,
    functions: () => [{ name: "Small-Images", arn, service: "images" }],
    maxEventAge: () => undefined,
    run: async () => {
      runs += 1;
      return { ok: true };
    },
    onLog: () => undefined,
  });
  worker = new LambdaClient({ ...AS_WORKER, endpoint: server.url });
});
afterAll(async () => {
  worker.destroy();
  await server.close();
});

const invoke = (FunctionName = "Small-Images") =>
  worker.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload: "{}" }));

test("Invoke takes lambda:InvokeFunction on the function", async () => {
  setRole(allow("lambda:InvokeFunction", arn));
  expect(await invoke()).toMatchObject({ StatusCode: 202 });
  expect(logged()).toEqual([]);
  expect(runs).toBe(1);

  setRole(allow("*"), deny("lambda:InvokeFunction", arn));
  await expect(invoke(arn)).rejects.toThrow("with an explicit deny");
  expect(runs).toBe(1);
});

test("refuses as Lambda does, and says which permission is missing", async () => {
  setRole(allow("lambda:InvokeFunction", `${arn}2`));
  await expect(invoke()).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: `${refusalOf("lambda:InvokeFunction", arn)} because no identity-based policy allows the lambda:InvokeFunction action`,
    $metadata: { httpStatusCode: 403 },
  });
  expect(logged()).toEqual([
    `worker platform: AccessDenied: the role WorkerRole does not allow lambda:InvokeFunction on ${arn}`,
  ]);
});
