import * as z from "zod/mini";
import { createTelemetry } from "../../../../lambdas/shared/function/lambda-function.ts";
import { channelSecretSchema } from "../../../../lambdas/shared/line/channel-secret.ts";
import { webhookDependencies } from "../../../../lambdas/shared/webhook/webhook-dependencies.ts";
import { scriptedServer } from "../../scripted-server.ts";

const before = { ...process.env };
let server: Awaited<ReturnType<typeof scriptedServer>>;
beforeAll(async () => {
  const secret = JSON.stringify({ channelId: "1", channelSecret: "s" });
  server = await scriptedServer(() => ({
    status: 200,
    body: { SecretString: secret, CreatedDate: 1 },
  }));
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: server.origin,
    AWS_REGION: "ap-southeast-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
});
afterAll(async () => {
  process.env = before;
  await server.close();
});

it("reads before the first event the secrets of five brands at most, and sends nothing", async () => {
  const keys = Array.from({ length: 30 }, (_, n) => `brand-${n}`);
  const { brands, prepare } = webhookDependencies({
    brands: keys,
    secretName: (brand) => `Thailand/${brand}/line`,
    signingSecret: z.pipe(
      channelSecretSchema,
      z.transform(({ channelSecret }) => channelSecret),
    ),
    queueUrl: (brand) => `${server.origin}/0/${brand}.fifo`,
    telemetry: createTelemetry("Thailand"),
  });
  await prepare();
  const asked = () => server.requests.map(({ body }) => JSON.parse(body).SecretId);
  const first = keys.slice(0, 5).map((key) => `Thailand/${key}/line`);
  expect(asked().sort()).toEqual(first);
  // What has been read is at hand; the others are read when they are needed.
  for (const key of ["brand-0", "brand-29"]) {
    for await (const secret of brands.get(key)?.signingSecrets() ?? []) {
      expect(secret).toBe("s");
      break;
    }
  }
  expect(asked().sort()).toEqual([...first, "Thailand/brand-29/line"].sort());
});
