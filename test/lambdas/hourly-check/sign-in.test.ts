import { createSignIn } from "../../../lambdas/hourly-check/sign-in.ts";
import { integrationSecretSchema } from "../../../lambdas/shared/genesys/integration-secret.ts";
import { createRotatingSecret } from "../../../lambdas/shared/secrets/rotating-secret.ts";
import { type ScriptedAnswer, scriptedServer } from "../scripted-server.ts";

const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const good = { clientId: "id", clientSecret: "s", integrationId: "i", webhookSecret: "w" };
const issued = { status: 200, body: { access_token: "t", expires_in: 86_400 } };

async function setUp(stored: object, answer: ScriptedAnswer = issued) {
  const server = await scriptedServer(() => answer);
  servers.push(server);
  const told: string[] = [];
  const signIn = createSignIn({
    loginUrl: server.origin,
    secret: createRotatingSecret(
      "Thailand/retail-thai/genesys",
      integrationSecretSchema,
      async (_, stage) =>
        stage === "AWSCURRENT" ? { text: JSON.stringify(stored), createdAt: 0 } : undefined,
      () => 0,
    ),
    countAnswer: (answer) => void told.push(answer),
  });
  return { signIn, requests: server.requests, told };
}

describe("signing in to Genesys Cloud", () => {
  it("asks for a new token each time, and for nothing else", async () => {
    const { signIn, requests, told } = await setUp(good);
    await signIn();
    await signIn();
    expect(requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "POST /oauth/token",
      "POST /oauth/token",
    ]);
    expect(told).toEqual(["2xx", "2xx"]);
  });

  it("says that the client is refused", async () => {
    const { signIn, told } = await setUp(good, { status: 400, body: { error: "invalid_client" } });
    await expect(signIn()).rejects.toMatchObject({
      name: "ConfigurationFailure",
      platform: "genesys",
    });
    expect(told).toEqual(["4xx"]);
  });

  it.each([
    ["a placeholder", { ...good, integrationId: "REPLACE_ME" }],
    ["incomplete", { ...good, webhookSecret: undefined }],
  ])("asks nobody with a secret that is %s", async (_, stored) => {
    const { signIn, requests } = await setUp(stored);
    await expect(signIn()).rejects.toMatchObject({ name: "SecretFault" });
    expect(requests).toEqual([]);
  });
});
