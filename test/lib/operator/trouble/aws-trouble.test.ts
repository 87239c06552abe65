import type { RunFile } from "../../../../lib/local/run-file.ts";
import { writeRunFile } from "../../../../lib/local/run-file.ts";
import { awsTrouble } from "../../../../lib/operator/trouble/aws-trouble.ts";
import { SAMPLE_MARKETS_FILE, sampleMarkets } from "../../../sample-markets.ts";
import { awsAt } from "../../aws-at.ts";
import { temporaryDirectory } from "../../local/temporary-directory.ts";
import { runOperator } from "../run-operator.ts";
import { answering, broken, closeServers, refusingProxy } from "./broken-servers.ts";

// Processes take a second, on a busy machine many.
jest.setTimeout(120_000);

const files = temporaryDirectory({});
afterAll(files.remove);
afterEach(closeServers);

/** `status --local` of a bridge whose AWS is at this address. */
async function statusOf(aws: string, ...flags: string[]) {
  const settings = sampleMarkets().Thailand as RunFile["settings"];
  const forget = writeRunFile(
    {
      pid: process.pid,
      market: "Thailand",
      gateway: "http://127.0.0.1:1",
      stackName: "LineGenesysBridge-Thailand",
      region: "ap-southeast-1",
      aws: awsAt(aws),
      platforms: { lineApi: aws, lineDataApi: aws, genesysApi: aws, genesysLogin: aws },
      settings,
    },
    files.path,
  );
  try {
    return await runOperator(["status", "--local", ...flags], { env: { TMPDIR: files.path } });
  } finally {
    forget();
  }
}

describe("a stack that cannot be reached ends with 1, and the cause", () => {
  it.each<[string, () => Promise<string>, RegExp]>([
    [
      "refuses",
      broken.refusing,
      /^AWS cannot be reached: nothing listens at http:.*\. Start the server at/,
    ],
    ["resets", broken.resetting, /^AWS cannot be reached: http:\S+ closed the connection without/],
    [
      "is self-signed",
      broken.selfSigned,
      /^AWS cannot be trusted: .* signed by nobody that Node.js knows/,
    ],
    [
      "speaks http",
      broken.withoutTls,
      /^AWS cannot be reached: no TLS connection comes about with https:/,
    ],
    [
      "has no name",
      async () => "https://aws.nowhere.invalid",
      /^AWS cannot be reached: the name aws.nowhere.invalid is not found. .*nslookup/,
    ],
    [
      "shows a page",
      () => answering(403, "<html>sign in</html>", { "content-type": "text/html" }),
      /^AWS has not answered: at http:\S+ there is a web page \(403\)/,
    ],
    [
      "is a sign-in page",
      () => answering(200, "<html>sign in</html>", { "content-type": "text/html" }),
      /^What CloudFormation has answered names no stack LineGenesysBridge-Thailand: check the proxies/,
    ],
    [
      "is down",
      () => answering(503, "no"),
      /^AWS is out of order: it answered 503. Run it again later; outages/,
    ],
  ])("%s", async (_, start, message) => {
    const { code, stdout, stderr } = await statusOf(await start(), "--json");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

it("goes through the proxy of the environment where Node.js is told to, and says what it wants", async () => {
  const proxy = new URL(await refusingProxy(407));
  const { code, stderr } = await runOperator(
    ["status", "--markets", SAMPLE_MARKETS_FILE, "--market", "Japan"],
    {
      env: {
        TMPDIR: files.path,
        HOME: files.path,
        AWS_ACCESS_KEY_ID: "a",
        AWS_SECRET_ACCESS_KEY: "hush",
        NODE_USE_ENV_PROXY: "1",
        HTTPS_PROXY: `http://user:hush@${proxy.host}`,
      },
    },
  );
  expect(stderr).toMatch(/^AWS cannot be reached: a proxy on the way asks for a user and password/);
  expect([code, stderr.includes("hush")]).toEqual([1, false]);
});

const named = (name: string, message = "") =>
  Object.assign(new Error(message), { name, $metadata: {} });

const DENIED =
  "User: arn:aws:iam::1:user/ann is not authorized to perform: sqs:SendMessage on resource: arn:aws:sqs:r:1:q because no identity-based policy allows the sqs:SendMessage action";

test.each([
  [
    "CredentialsProviderError",
    "Could not load credentials from any providers",
    "there are no AWS credentials",
    "aws configure",
  ],
  [
    "CredentialsProviderError",
    "The SSO session associated with this profile has expired.",
    "the AWS credentials have expired",
    "aws sso login",
  ],
  ["ExpiredTokenException", "", "the AWS credentials have expired", "aws sso login"],
  [
    "UnrecognizedClientException",
    "The security token is invalid",
    "AWS does not accept the credentials (UnrecognizedClientException)",
    "aws sts get-caller-identity",
  ],
  [
    "InvalidClientTokenId",
    "",
    "AWS does not accept the credentials (InvalidClientTokenId)",
    "switch the region on",
  ],
  [
    "SignatureDoesNotMatch",
    "Signature expired: now",
    "AWS refuses the time of this machine's clock",
    "clock",
  ],
  ["RequestTimeTooSkewed", "", "AWS refuses the time of this machine's clock", "clock"],
  [
    "AccessDeniedException",
    DENIED,
    "AWS denies sqs:SendMessage on arn:aws:sqs:r:1:q",
    "the permission sqs:SendMessage",
  ],
  [
    "AccessDenied",
    `${DENIED} with an explicit deny in a service control policy`,
    "AWS denies sqs:SendMessage on arn:aws:sqs:r:1:q",
    "ask your AWS administrators",
  ],
  [
    "AccessDenied",
    "Access Denied",
    "AWS denies access (AccessDenied)",
    "aws sts get-caller-identity",
  ],
  [
    "QueueDoesNotExist",
    "",
    "a part of the stack does not exist (QueueDoesNotExist)",
    "npx cdk deploy",
  ],
])("%s: %s", (name, message, detail, fix) => {
  expect(awsTrouble(named(name, message))).toEqual({ detail, fix: expect.stringContaining(fix) });
});

test("a profile that gives no credentials is named", () => {
  jest.replaceProperty(process, "env", { ...process.env, AWS_PROFILE: "shop" });
  const error = named(
    "CredentialsProviderError",
    "Could not resolve credentials using profile: [shop]",
  );
  expect(awsTrouble(error)?.fix).toContain("aws configure --profile shop");
  jest.restoreAllMocks();
});

test("an answer that is about the call is no trouble", () => {
  expect(awsTrouble(named("ValidationError", "wrong"))).toBeUndefined();
});
