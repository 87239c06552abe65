import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretCommand,
} from "@aws-sdk/client-secrets-manager";
import {
  type SecretsManager,
  startSecretsManager,
} from "../../../../../lib/local/aws/secrets-manager.ts";
import { AS_WORKER, allow, deny, guardWorker, REGION, refusalOf } from "./guarded-function.ts";

const name = "Thailand/retail/line";
const arn = `arn:aws:secretsmanager:${REGION}:000000000000:secret:${name}-abcdef`;
const { gate, logged, setRole } = guardWorker();
let server: SecretsManager;
let worker: SecretsManagerClient;

beforeAll(async () => {
  server = await startSecretsManager(REGION, gate);
  server.store.put(server.store.create({ name, arn }), "{}");
  worker = new SecretsManagerClient({ ...AS_WORKER, endpoint: server.url });
});
afterAll(async () => {
  worker.destroy();
  await server.close();
});

const calls: [operation: string, call: (SecretId: string) => Promise<unknown>][] = [
  ["GetSecretValue", (SecretId) => worker.send(new GetSecretValueCommand({ SecretId }))],
  ["DescribeSecret", (SecretId) => worker.send(new DescribeSecretCommand({ SecretId }))],
  [
    "PutSecretValue",
    (SecretId) => worker.send(new PutSecretValueCommand({ SecretId, SecretString: "{}" })),
  ],
  ["UpdateSecret", (SecretId) => worker.send(new UpdateSecretCommand({ SecretId }))],
];

test.each(calls)("%s takes the action of its name on the secret", async (operation, call) => {
  const action = `secretsmanager:${operation}`;
  for (const secretId of [name, arn, arn.slice(0, -7)]) {
    setRole(allow(action, arn));
    await call(secretId);
    expect(logged()).toEqual([]);

    setRole(allow("*"), deny(action, arn));
    await expect(call(secretId)).rejects.toThrow(
      `${refusalOf(action, secretId)} with an explicit deny in an identity-based policy`,
    );
  }
});

test("refuses as Secrets Manager does, and says which permission is missing", async () => {
  setRole(allow("secretsmanager:GetSecretValue", `${arn.slice(0, -1)}0`));
  await expect(worker.send(new GetSecretValueCommand({ SecretId: name }))).rejects.toMatchObject({
    name: "AccessDeniedException",
    message: `${refusalOf("secretsmanager:GetSecretValue", name)} because no identity-based policy allows the secretsmanager:GetSecretValue action`,
    $metadata: { httpStatusCode: 400 },
  });
  expect(logged()).toEqual([
    `worker platform: AccessDenied: the role WorkerRole does not allow secretsmanager:GetSecretValue on ${arn}`,
  ]);
});

test("says that there is no such secret only to who may read all of them", async () => {
  const read = () => worker.send(new GetSecretValueCommand({ SecretId: "missing" }));
  setRole(allow("secretsmanager:GetSecretValue", arn));
  await expect(read()).rejects.toMatchObject({ name: "AccessDeniedException" });
  setRole(allow("secretsmanager:GetSecretValue"));
  await expect(read()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
});

test("refuses an operation that it does not know, whatever the role allows", async () => {
  setRole(allow("*"));
  await expect(worker.send(new ListSecretsCommand())).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
  expect(logged()).toEqual([
    expect.stringContaining("does not know what secretsmanager:ListSecrets takes"),
  ]);
});
