import { createHash } from "node:crypto";
import type { Context } from "aws-lambda";
import fc from "fast-check";
import { THAI } from "../../../../lib/local/console/samples/thai.ts";
import { TYPING } from "../../../../lib/local/console/samples/typing.ts";
import { webhookShapes } from "../../../journeys/webhook-shapes.ts";
import { anyCharacter } from "../../any-character.ts";
import { wrongHeader } from "../../forged-signatures.ts";
import { nearJson } from "../../near-json.ts";
import { type ScriptedRequest, scriptedServer } from "../../scripted-server.ts";
import { httpEvent, sign } from "../../webhook-event.ts";

// Both webhooks as they are deployed, middleware included, with one server in the place of AWS.

const SECRET = "what both sides sign with";
const genesysChannel = { channel: { to: { id: "U4af4980629" } } };

const webhooks = [
  {
    name: "LINE",
    load: () => import("../../../../lambdas/inbound/index.ts"),
    header: "x-line-signature",
    prefix: "",
    examples: webhookShapes("U4af4980629").map((event) => ({
      destination: "U8e",
      events: [event],
    })),
  },
  {
    name: "Genesys Cloud",
    load: () => import("../../../../lambdas/outbound/webhook/index.ts"),
    header: "x-hub-signature-256",
    prefix: "sha256=",
    examples: [...Object.values(THAI.botMessages), TYPING].map((message) => ({
      id: "c327c2078c",
      ...genesysChannel,
      ...message,
    })),
  },
];

const context = {
  awsRequestId: "request",
  functionName: "f",
  getRemainingTimeInMillis: () => 10_000,
} as Context;
const before = { ...process.env };
let server: Awaited<ReturnType<typeof scriptedServer>>;
let stored = 0;
let secretsHang = false;

function aws({ headers, body }: ScriptedRequest) {
  const asked = JSON.parse(body);
  if (String(headers["x-amz-target"]).endsWith("GetSecretValue")) {
    if (secretsHang) return { status: 200, hang: true };
    const SecretString = JSON.stringify(
      asked.SecretId.endsWith("/line")
        ? { channelId: "1", channelSecret: SECRET }
        : { clientId: "c", clientSecret: "s", integrationId: "i", webhookSecret: SECRET },
    );
    return { status: 200, body: { SecretString, CreatedDate: 1 } };
  }
  const Successful = asked.Entries.map((entry: { Id: string; MessageBody: string }) => ({
    Id: entry.Id,
    MessageId: "m",
    MD5OfMessageBody: createHash("md5").update(entry.MessageBody).digest("hex"),
  }));
  stored += Successful.length;
  return { status: 200, body: { Successful } };
}

beforeAll(async () => {
  server = await scriptedServer(aws);
  Object.assign(process.env, {
    MARKET: "Thailand",
    BRANDS: "retail-thai,travel-thai",
    QUEUE_URL_PREFIX: `${server.origin}/0/`,
    POWERTOOLS_SERVICE_NAME: "a-service",
    POWERTOOLS_METRICS_NAMESPACE: "LineGenesysBridge",
    POWERTOOLS_LOG_LEVEL: "SILENT",
    AWS_ENDPOINT_URL: server.origin,
    AWS_REGION: "ap-southeast-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
  });
  // The metrics.
  jest.spyOn(process.stdout, "write").mockImplementation(() => true);
});
afterAll(async () => {
  jest.restoreAllMocks();
  process.env = before;
  await server.close();
});

describe.each(webhooks)("the webhook for $name", ({ load, header, prefix, examples }) => {
  it("answers whatever is signed with 200 or 400", async () => {
    const { handler } = await load();
    const seen = { 200: 0, 400: 0 };
    stored = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 4, arbitrary: nearJson(examples) }, fc.string({ unit: anyCharacter })),
        async (body) => {
          const headers = { [header]: prefix + sign(body, SECRET) };
          const { statusCode } = await handler(httpEvent("retail-thai", body, headers), context);
          expect([200, 400]).toContain(statusCode);
          seen[statusCode === 200 ? 200 : 400]++;
        },
      ),
      { numRuns: 200 },
    );
    expect(seen[200]).toBeGreaterThan(0);
    expect(seen[400]).toBeGreaterThan(0);
    expect(stored).toBeGreaterThan(0);
  });

  it("answers whatever is not rightly signed with the same 401, and stores nothing", async () => {
    const { handler } = await load();
    stored = 0;
    await fc.assert(
      fc.asyncProperty(
        nearJson(examples).chain((body) =>
          fc.tuple(
            fc.constant(body),
            wrongHeader({ body: Buffer.from(body), secret: SECRET, prefix }),
          ),
        ),
        async ([body, signature]) => {
          const headers = signature === undefined ? {} : { [header]: signature };
          expect(await handler(httpEvent("retail-thai", body, headers), context)).toEqual({
            statusCode: 401,
            headers: { "content-type": "application/json" },
            body: '{"message":"Unauthorized"}',
          });
        },
      ),
      { numRuns: 200 },
    );
    expect(stored).toBe(0);
  });

  it("answers at once while Secrets Manager hangs, and with 503 in time where it has no secret", async () => {
    const { handler } = await load();
    const body = JSON.stringify(examples[0]);
    const call = async (brand: string) => {
      const headers = { [header]: prefix + sign(body, SECRET) };
      const started = performance.now();
      const { statusCode } = await handler(httpEvent(brand, body, headers), context);
      return { statusCode, ms: performance.now() - started };
    };
    expect((await call("retail-thai")).statusCode).toBe(200);
    const later = Date.now() + 5 * 60_000;
    jest.spyOn(Date, "now").mockImplementation(() => later);
    secretsHang = true;
    try {
      const [warm, cold] = await Promise.all([call("retail-thai"), call("travel-thai")]);
      expect([warm.statusCode, cold.statusCode]).toEqual([200, 503]);
      expect(warm.ms).toBeLessThan(500);
      expect(cold.ms).toBeLessThan(1_800);
    } finally {
      secretsHang = false;
      jest.mocked(Date.now).mockRestore();
    }
  });
});
