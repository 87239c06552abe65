import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import type { Template } from "aws-cdk-lib/assertions";
import { buildApp } from "../../../lib/cloud/app.ts";
import type { Markets } from "../../../lib/markets.ts";
import { findFunction, MARKETS, templateOf, withoutTraces } from "./synthesize.ts";

let outdir: string;
let template: Template;
beforeAll(() => {
  outdir = mkdtempSync(join(tmpdir(), "bundles-"));
  const markets = marketsWithTemplates();
  // Bundling announces each asset.
  jest.spyOn(process.stderr, "write").mockReturnValue(true);
  const app = withoutTraces(() => buildApp({ markets, only: "Thailand", outdir }));
  template = templateOf(app, "Thailand");
  jest.restoreAllMocks();
}, 60_000);
afterAll(() => {
  rmSync(outdir, { recursive: true, force: true });
});

const TEMPLATES = { welcome: { messages: [{ type: "text", text: "สวัสดี {{name}}" }] } };

/** The markets, with templates for a brand. */
function marketsWithTemplates(): Markets {
  const { Thailand } = MARKETS;
  const retail = Thailand?.brands["retail-thai"];
  if (Thailand === undefined || retail === undefined) throw new Error("no such brand");
  const brands = { ...Thailand.brands, "retail-thai": { ...retail, templates: TEMPLATES } };
  return { ...MARKETS, Thailand: { ...Thailand, brands } };
}

const SERVICES = [
  "inbound",
  "worker",
  "outbound-webhook",
  "outbound-sender",
  "outbound-images",
  "hourly-check",
];

/** The directory that becomes the function's on Lambda; it lies outside of this repository. */
function assetOf(service: string): string {
  const { properties } = findFunction(template, service);
  return join(outdir, `asset.${properties.Code.S3Key.replace(".zip", "")}`);
}

/** Runs a module as a file in the directory, and gives what it prints. */
async function run(directory: string, module: string, env: Record<string, string> = {}) {
  writeFileSync(join(directory, "test.mjs"), module);
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ["test.mjs"], {
      cwd: directory,
      env,
      timeout: 20_000,
    });
    return stdout.trim();
  } finally {
    rmSync(join(directory, "test.mjs"));
  }
}

/** What the bundle exports when Lambda loads it, with the environment that the template gives it. */
async function load(service: string): Promise<string[]> {
  const exported = await run(
    assetOf(service),
    'console.log(Object.keys(await import("./index.mjs")).join())',
    environmentOf(service),
  );
  return exported.split(",");
}

const KEYS = { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "key" };

/** The environment that the template gives a function, and Lambda. */
function environmentOf(service: string): Record<string, string> {
  const { properties } = findFunction(template, service);
  // Nothing listens there.
  const AWS_ENDPOINT_URL = "http://127.0.0.1:9";
  return {
    AWS_REGION: "ap-southeast-1",
    AWS_ENDPOINT_URL,
    ...KEYS,
    ...resolved(properties.Environment.Variables),
  };
}

/** References become what CloudFormation would make of them: for the queues among them, a URL or what it begins with. */
function resolved(variables: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      typeof value === "string" ? value : "https://sqs.ap-southeast-1.amazonaws.com/1/",
    ]),
  );
}

it.each(SERVICES)(
  "the bundle of %s starts with the environment of its template and exports a handler",
  async (service) => {
    expect(await load(service)).toContain("handler");
  },
);

it.each(SERVICES)("%s stops at start without keys, and says why", async (service) => {
  const starting = run(assetOf(service), 'await import("./index.mjs")', {
    ...environmentOf(service),
    AWS_ACCESS_KEY_ID: "",
    AWS_CONTAINER_CREDENTIALS_FULL_URI: "http://127.0.0.1:9/",
  });
  await expect(starting).rejects.toThrow(
    "CredentialsFault: The environment lacks AWS_ACCESS_KEY_ID",
  );
});

it.each(["inbound", "outbound-webhook"])(
  "%s starts while Secrets Manager is silent, and answers 503",
  async (service) => {
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const { port } = silent.address() as AddressInfo;
    try {
      const output = await run(
        assetOf(service),
        `
          const { handler } = await import("./index.mjs");
          const event = { pathParameters: { brand: "retail-thai" }, headers: {}, requestContext: {} };
          const context = { awsRequestId: "r", getRemainingTimeInMillis: () => 10_000 };
          console.log((await handler(event, context)).statusCode);
          process.exit();
        `,
        { ...environmentOf(service), AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` },
      );
      expect(output.split("\n").at(-1)).toBe("503");
    } finally {
      silent.closeAllConnections();
      await new Promise((resolve) => silent.close(resolve));
    }
  },
);

it("an unexpected error is logged with its places in the sources", async () => {
  const log = await run(
    assetOf("inbound"),
    `
      process.stderr.write = (text) => process.stdout.write(text);
      const { handler } = await import("./index.mjs");
      const event = { pathParameters: { brand: "retail-thai" }, requestContext: {} };
      await handler(event, { awsRequestId: "r", getRemainingTimeInMillis: () => 1_000 });
    `,
    environmentOf("inbound"),
  );
  const { errorName, errorStack } = JSON.parse(
    log.split("\n").find((line) => line.includes("Unexpected error")) ?? "",
  );
  expect(errorName).toBe("TypeError");
  expect(errorStack).toMatch(/\(?lambdas\/shared\/webhook\/webhook-handler\.ts:\d+:\d+\)?/);
});

describe("the brands' settings", () => {
  it.each(["worker", "outbound-sender"])("go with %s", (service) => {
    const settings = JSON.parse(readFileSync(join(assetOf(service), "settings.json"), "utf8"));
    expect(settings["retail-thai"]).toMatchObject({
      stickers: "text",
      customAttributes: { market: "Thailand", brand: "Retail_Thai" },
    });
    expect(Object.keys(settings)).toEqual(["retail-thai", "travel-thai"]);
    // Who sends none stays as it is when a template changes.
    expect(settings["retail-thai"].templates).toEqual(service === "worker" ? {} : TEMPLATES);
    expect(settings["travel-thai"].templates).toEqual({});
  });
});

describe("the image library", () => {
  it("goes with the function that converts images, without what it does not load", () => {
    const files = readdirSync(join(assetOf("outbound-images"), "node_modules"), {
      recursive: true,
      withFileTypes: true,
    })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) =>
        relative(assetOf("outbound-images"), join(parentPath, name)).replaceAll("\\", "/"),
      );
    expect(files.sort()).toEqual(
      [
        "LICENSE",
        "THIRD-PARTY-NOTICES.md",
        "lib/vips-node.mjs",
        "lib/vips.wasm",
        "package.json",
      ].map((file) => `node_modules/wasm-vips/${file}`),
    );
  });

  it("converts an image there, with nothing else at hand", async () => {
    const gif = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7";
    const mime = await run(
      assetOf("outbound-images"),
      `
        import { once } from "node:events";
        import { readFile } from "node:fs/promises";
        import { createRequire } from "node:module";
        import { Worker } from "node:worker_threads";
        const file = createRequire(import.meta.url).resolve("wasm-vips/vips.wasm");
        const compiled = await WebAssembly.compile(await readFile(file));
        const workerData = { compiled };
        const worker = new Worker(new URL("./image-worker.mjs", import.meta.url), { workerData });
        worker.postMessage({ bytes: Buffer.from("${gif}", "base64"), mime: "image/gif" });
        const [{ image }] = await once(worker, "message");
        console.log(image.original.mime);
        process.exit();
      `,
    );
    expect(["image/jpeg", "image/png"]).toContain(mime);
  }, 30_000);

  it.each(SERVICES.filter((service) => service !== "outbound-images"))(
    "does not go with %s",
    (service) => {
      const settings = /worker|sender/.test(service) ? ["settings.json"] : [];
      const files = readdirSync(assetOf(service));
      const others = files.filter((file) => !/\.mjs(?:\.map)?$/.test(file));
      expect(others).toEqual(settings);
      expect(files).not.toContain("image-worker.mjs");
      expect(files).toContain("index.mjs.map");
    },
  );
});
