import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import * as z from "zod";
import { ConfigurationFailure } from "../../../../lambdas/shared/failures/failures.ts";
import { describeError, OperatorError } from "../../../../lib/operator/errors.ts";
import { createAwsClients } from "../../../../lib/operator/market/aws-clients.ts";
import { storedSecret } from "../../../../lib/operator/market/stored-secret.ts";
import { connectGenesys } from "../../../../lib/operator/platforms/genesys-api.ts";
import { callGenesysWebhook } from "../../../../lib/operator/platforms/genesys-webhook.ts";
import { createLineAccount } from "../../../../lib/operator/platforms/line-account.ts";
import { troubleOf } from "../../../../lib/operator/trouble/trouble.ts";
import { scriptedServer } from "../../../lambdas/scripted-server.ts";
import { awsAt } from "../../aws-at.ts";
import { answering, broken, closeServers } from "./broken-servers.ts";
import { OF_2020, OF_OTHER_HOST } from "./certificates.ts";

afterEach(closeServers);

const SECRETS = ["hush-channel", "hush-client", "hush-webhook"];
const noPause = async () => {};

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => {
      throw new Error("did not fail");
    },
    (error: unknown) => error,
  );
}

const line = (origin: string) =>
  createLineAccount(origin, { channelId: "1", channelSecret: "hush-channel" }).botInfo();
const login = (origin: string) => connectGenesys({ api: origin, login: origin }, CLIENT, noPause);
const CLIENT = { clientId: "c", clientSecret: "hush-client" };

/** With a login that works. */
async function api(origin: string) {
  const own = await answering(200, JSON.stringify({ access_token: "t", expires_in: 60 }));
  const call = await connectGenesys({ api: origin, login: own }, CLIENT, noPause);
  return call("GET", "/api/v2/x");
}

function aws(url: string) {
  return createAwsClients("ap-southeast-1", awsAt(url));
}
const stack = (origin: string) =>
  aws(origin).cloudFormation.send(new DescribeStacksCommand({ StackName: "s" }));
const queue = (origin: string) =>
  aws(origin).sqs.send(new GetQueueAttributesCommand({ QueueUrl: `${origin}/1/q` }));
const secret = (origin: string) =>
  aws(origin).secrets.send(new GetSecretValueCommand({ SecretId: "s" }));
const readSecret = (origin: string) => storedSecret(aws(origin).secrets, "s", z.object({}));
const gateway = (origin: string) => callGenesysWebhook(`${origin}/genesys/shop`, "hush-webhook");

/** AWS's calls without an answer are in aws-trouble.test.ts: Jest hides the errors of Node.js from AWS's SDK. */
const EVERYBODY: [string, (origin: string) => Promise<unknown>][] = [
  ["LINE", line],
  ["Genesys Cloud's login", login],
  ["Genesys Cloud", api],
  ["the gateway", gateway],
];
/** Of the gateway every answer counts. */
const ANSWERED: typeof EVERYBODY = [
  ...EVERYBODY.slice(0, 3),
  ["AWS", stack],
  ["AWS", queue],
  ["AWS", secret],
];

/** The trouble of a call, which names the address and nothing secret. */
async function troubleWith(call: Promise<unknown>) {
  const error = await failureOf(call);
  const trouble = troubleOf(error);
  if (trouble === undefined) throw new Error(`no trouble: ${error}`);
  const text = JSON.stringify([trouble, describeError(error)]);
  expect(SECRETS.filter((value) => text.includes(value))).toEqual([]);
  return trouble;
}

describe.each(EVERYBODY)("%s", (who, call) => {
  it("refuses the connection", async () => {
    const origin = await broken.refusing();
    expect(await troubleWith(call(origin))).toEqual({
      detail: `${who} cannot be reached: nothing listens at ${origin}`,
      fix: `Start the server at ${origin}, or start the bridge with the right address (npm start -- --help).`,
    });
  });

  it("has a name that DNS does not know", async () => {
    const { detail, fix } = await troubleWith(call("https://api.nowhere.invalid"));
    expect(detail).toMatch(
      new RegExp(`^${who} cannot be reached: the name api\\.nowhere\\.invalid is not found$`),
    );
    expect(fix).toContain("nslookup api.nowhere.invalid");
  });

  it("has a certificate that nobody has signed", async () => {
    const { detail, fix } = await troubleWith(call(await broken.selfSigned()));
    expect(detail).toBe(
      `${who} cannot be trusted: the TLS certificate of 127.0.0.1 is signed by nobody that Node.js knows`,
    );
    expect(fix).toMatch(/NODE_EXTRA_CA_CERTS=/);
  });

  it("closes the connection", async () => {
    const origin = await broken.resetting();
    const { detail, fix } = await troubleWith(call(origin));
    expect(detail).toBe(
      `${who} cannot be reached: ${origin} closed the connection without a whole answer`,
    );
    expect(fix).toMatch(/firewall or proxy on the way that cuts connections/);
  });

  it("speaks http where the address says https", async () => {
    const origin = await broken.withoutTls();
    expect(await troubleWith(call(origin))).toEqual({
      detail: `${who} cannot be reached: no TLS connection comes about with ${origin}`,
      fix: "Check whether the address has to begin with http:// instead of https://.",
    });
  });
});

describe.each(EVERYBODY)("%s", (who, call) => {
  it.each([301, 302, 303, 307, 308])("points to another address with %i", async (status) => {
    const location = "https://api.nowhere.invalid/x";
    const origin = await answering(status, "", { location });
    const { detail, fix } = await troubleWith(call(origin));
    expect(detail).toBe(`${who} has not answered: ${origin} points to another address (${status})`);
    expect(fix).toMatch(/a proxy may want you to sign in\.$/);
  });

  it("has a proxy before it that asks for a password", async () => {
    const { detail, fix } = await troubleWith(
      call(await answering(407, "", { "proxy-authenticate": "Basic" })),
    );
    expect(detail).toBe(
      `${who} cannot be reached: a proxy on the way asks for a user and password (407)`,
    );
    expect(fix).toMatch(/^Put them into HTTPS_PROXY/);
  });

  it.each(["", "HTTP/1.1 200 OK\r\ncontent-le"])(
    "ends the connection after %j",
    async (beginning) => {
      const origin = await broken.ending(beginning);
      const { detail } = await troubleWith(call(origin));
      expect(detail).toBe(
        `${who} cannot be reached: ${origin} closed the connection without a whole answer`,
      );
    },
  );
});

describe.each(ANSWERED)("the answer of %s", (who, call) => {
  it.each([
    [503, "is out of order: it answered 503", /^Run it again later; outages stand on https:/],
    [429, "counts too many requests (429)", /^Wait a minute/],
  ])("is %i", async (status, says, fix) => {
    const trouble = await troubleWith(call(await answering(status, "{}")));
    expect(trouble.detail).toBe(`${who} ${says}`);
    expect(trouble.fix).toMatch(fix);
  });

  it.each([403, 404])("is a web page with %i", async (status) => {
    const origin = await answering(status, "<html>sign in</html>", {
      "content-type": "text/html",
    });
    const { detail, fix } = await troubleWith(call(origin));
    expect(detail).toBe(
      `${who} has not answered: at ${origin} there is a web page (${status}) instead of JSON`,
    );
    expect(fix).toContain(`Open ${origin} in a browser`);
  });
});

describe.each(EVERYBODY.slice(0, 3))("%s", (who, call) => {
  it.each([
    [200, "welcome", "has not answered: what came from", /^Check the address: what answers there/],
    [302, "", "has not answered: .* points to another address", /^Check the address, and open/],
  ])("answers %i %p", async (status, body, says, fix) => {
    const trouble = await troubleWith(call(await answering(status, body)));
    expect(trouble.detail).toMatch(new RegExp(`^${who} ${says}`));
    expect(trouble.fix).toMatch(fix);
  });
});

it.each([
  ["LINE", line, "Check the address: what answers there is not LINE."],
  ["Genesys Cloud's login", login, "Check the address: genesysRegion in cdk.json, or"],
] as const)("%s that does not know the path is another server", async (who, call, fix) => {
  const origin = await answering(404, '{"message":"Not found"}');
  const trouble = await troubleWith(call(origin));
  expect(trouble.detail).toBe(`${who} has not answered: ${origin} does not know this API (404)`);
  expect(trouble.fix).toContain(fix);
});

it.each([
  ["LINE", line],
  ["Genesys Cloud's login", login],
])("%s whose token lacks fields is another server", async (who, call) => {
  const { detail } = await troubleWith(call(await answering(200, "{}")));
  expect(detail).toMatch(new RegExp(`^${who} has not answered as documented: the JSON from http:`));
});

it.each([
  ["LINE", line],
  ["Genesys Cloud's login", login],
  ["the secrets of AWS", readSecret],
])("%s that never answers is late", async (_, call) => {
  const { detail, fix } = await troubleWith(call(await broken.silent()));
  expect(detail).toMatch(/cannot be reached: .* did not answer in time$/);
  expect(fix).toMatch(/^Run it again; if it stays so, check that no firewall or VPN/);
});

it("a server of another protocol is none of HTTP", async () => {
  const origin = await broken.noHttp();
  const { detail } = await troubleWith(line(origin));
  expect(detail).toBe(`LINE cannot be reached: what answers at ${origin} does not speak HTTP`);
});

describe("a certificate that this machine trusts", () => {
  const before = getCACertificates("default");
  beforeAll(() => setDefaultCACertificates([...before, OF_OTHER_HOST, OF_2020]));
  afterAll(() => setDefaultCACertificates(before));

  it.each([
    [
      "for another host",
      broken.selfSigned,
      "is for another name",
      /^Check the address, and whether/,
    ],
    ["that is out of date", broken.outdated, "is not valid today", /^Check this machine's date/],
  ])("%s", async (_, start, says, fix) => {
    for (const call of [line, login, api]) {
      const trouble = await troubleWith(call(await start()));
      expect(trouble.detail).toContain(`the TLS certificate of 127.0.0.1 ${says}`);
      expect(trouble.fix).toMatch(fix);
    }
  });
});

it.each([
  ["LINE's credentials", line, 400, { error: "invalid_request" }],
  ["LINE's credentials", line, 401, { message: "Authentication failed" }],
  ["an OAuth client", login, 400, { error: "invalid_client" }],
  ["an OAuth client", login, 401, { error: "invalid_client" }],
])("a refusal of %s is about them alone: %p %i", async (_, call, status, body) => {
  const error = await failureOf(call(await answering(status, JSON.stringify(body))));
  expect(troubleOf(error)).toBeUndefined();
  expect(error).toBeInstanceOf(ConfigurationFailure);
});

it("a refusal of the API is about permissions", async () => {
  const server = await scriptedServer(() => ({ status: 403, body: { code: "missing" } }));
  expect(await api(server.origin)).toEqual({ status: 403, body: { code: "missing" } });
  await server.close();
});

test.each([new OperatorError("words"), new TypeError("x"), undefined, "text"])(
  "%p is no trouble",
  (error) => expect(troubleOf(error)).toBeUndefined(),
);
