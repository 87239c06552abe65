import { join } from "node:path";

import { CREDENTIALS } from "../../../lib/operator/credentials/credentials.ts";

import { SAMPLE_MARKETS_FILE } from "../../sample-markets.ts";

import { temporaryDirectory } from "../local/temporary-directory.ts";
import { runOperator } from "./run-operator.ts";

// Processes take a second, on a busy machine many.
jest.setTimeout(120_000);

const files = temporaryDirectory({ "bad.json": '{"Testland": {}}' });
afterAll(files.remove);
const SAMPLES = ["--markets", SAMPLE_MARKETS_FILE];
const JAPAN = [...SAMPLES, "--market", "Japan"];
/** Where no bridge of this machine is found. */
const nowhere = { TMPDIR: files.path };

const PROVISIONING = ["genesysProvisioningClientId", "genesysProvisioningClientSecret"] as const;
const COMMON = ["--market", "--markets", "--local", "--json", "--yes", "--help"];

it.concurrent.each([
  [
    "setup",
    [...COMMON, "--brand", "--flow", "--new-webhook-secret", "--stdin"],
    Object.values(CREDENTIALS),
  ],
  ["doctor", [...COMMON, "--brand", "--stdin"], PROVISIONING.map((name) => CREDENTIALS[name])],
  ["redrive", [...COMMON, "--brand", "--queue", "--reason", "--dry-run", "--allow-duplicate"], []],
  ["letters", [...COMMON, "--brand", "--queue", "--reason", "--discarded"], []],
  ["discard", [...COMMON, "--brand", "--queue", "--reason", "--id", "--because"], []],
  ["forget", [...COMMON, "--brand", "--user"], [{ flag: "--user", environment: "LINE_USER_ID" }]],
  ["status", [...COMMON, "--watch"], []],
])("%s --help names every flag and environment variable", async (verb, flags, credentials) => {
  const { code, stdout, stderr } = await runOperator([verb, "--help"]);
  expect([code, stderr]).toEqual([0, ""]);
  const named = stdout.match(/--[a-z-]+/g) ?? [];
  const expected = [...flags, ...credentials.map(({ flag }) => flag)];
  expect(new Set(named.filter((flag) => flag !== "--"))).toEqual(new Set(expected));
  const variables = stdout.match(/(?<=env: )\w+/g) ?? [];
  expect(variables).toEqual(credentials.map(({ environment }) => environment));
});

it("--help names the verbs and the exit codes", async () => {
  const { code, stdout } = await runOperator(["--help"]);
  expect(code).toBe(0);
  for (const verb of ["setup", "doctor", "redrive", "letters", "discard", "forget", "status"]) {
    expect(stdout).toMatch(new RegExp(`^  ${verb} `, "m"));
  }
  expect(stdout).toMatch(/Exit codes: 0 .*1 .*2 .*130 .*141/s);
});

describe("a command line or input that cannot be used ends with 2", () => {
  it.concurrent.each<[string, string[], RegExp, { env?: Record<string, string>; stdin?: string }?]>(
    [
      ["no verb", [], /Usage: npm run operator --/],
      ["an unknown flag", ["status", "--quick"], /unknown option '--quick'.*--help/s],
      ["nobody to forget", ["forget", ...JAPAN], /^--user is missing: LINE's id of/],
      [
        "no market",
        ["status", ...SAMPLES],
        /^--market is missing: choose one of Thailand, Taiwan, Japan$/m,
      ],
      ["a faulty file", ["status", "--markets", join(files.path, "bad.json")], /markets\.Testland/],
      [
        "half a client",
        ["doctor", ...JAPAN, "--genesys-provisioning-client-id", "id"],
        /needs both: --genesys-provisioning-client-id and --genesys-provisioning-client-secret/,
      ],
      [
        "blanks in a flag",
        ["setup", ...JAPAN, "--line-channel-secret", "hush hush"],
        /lineChannelSecret \(--line-channel-secret, LINE_CHANNEL_SECRET\): must be printable/,
      ],
      [
        "letters in the environment",
        ["setup", ...JAPAN],
        /lineChannelId \(--line-channel-id, LINE_CHANNEL_ID\): must be the number/,
        { env: { LINE_CHANNEL_ID: "hush" } },
      ],
      [
        "a reason that no letter has",
        ["redrive", ...JAPAN, "--reason", "LineRefusd"],
        /'--reason <reason>' argument 'LineRefusd' is invalid. Allowed choices are .*LineRefused.*QuotaExceeded/,
      ],
      [
        "JSON of other fields",
        ["doctor", ...JAPAN, "--stdin"],
        /^standard input: secret is unknown; allowed: lineChannelId, /m,
        { stdin: '{"secret": "hush"}' },
      ],
    ],
  )("%s", async (_, flags, message, { env = {}, ...input } = {}) => {
    const { code, stdout, stderr } = await runOperator(flags, {
      ...input,
      env: { ...nowhere, ...env },
    });
    expect(stderr).toMatch(message);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).not.toContain("hush");
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

it("a bridge that does not run here ends with 1, and nothing on standard output", async () => {
  const { code, stdout, stderr } = await runOperator(["status", "--local", "--json"], {
    env: nowhere,
  });
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toBe(
    "No bridge runs on this machine: start one in another terminal with npm start.\n",
  );
});

it("AWS that knows nobody ends with 1, and says how to sign in", async () => {
  const env = { ...nowhere, HOME: files.path, AWS_EC2_METADATA_DISABLED: "true" };
  const { code, stderr } = await runOperator(["status", ...JAPAN], { env });
  expect(stderr).toBe(
    "There are no AWS credentials. Sign in (aws sso login), or store access keys (aws configure); AWS_PROFILE chooses between several.\n",
  );
  expect(code).toBe(1);
  const doctor = await runOperator(["doctor", ...JAPAN, "--json"], { env });
  expect(JSON.parse(doctor.stdout).findings).toEqual([
    {
      check: "stack",
      state: "wrong",
      detail: "there are no AWS credentials",
      fix: "Sign in (aws sso login), or store access keys (aws configure); AWS_PROFILE chooses between several.",
    },
  ]);
});
