import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { PROJECT_ROOT } from "../../../lib/cloud/bundle.ts";
import { bundleContents } from "../../bundle-contents.ts";

/** What CDK's NodejsFunction would make of a function that only sends to SQS. */
const STOCK = { alias: {}, splitting: false };

const FUNCTIONS = {
  inbound: "lambdas/inbound/start.ts",
  "outbound-webhook": "lambdas/outbound/webhook/start.ts",
  worker: "lambdas/worker/start.ts",
  "outbound-sender": "lambdas/outbound/sender/start.ts",
  "outbound-images": "lambdas/outbound/images/index.ts",
  "hourly-check": "lambdas/hourly-check/index.ts",
};

const contents = new Map<string, ReturnType<typeof bundleContents>>();

function contentsOf(service: keyof typeof FUNCTIONS) {
  const made = contents.get(service) ?? bundleContents(FUNCTIONS[service]);
  contents.set(service, made);
  return made;
}

const namesOf = (packages: [name: string, bytes: number][]) => packages.map(([name]) => name);

it.each(Object.keys(FUNCTIONS) as (keyof typeof FUNCTIONS)[])(
  "%s brings none of the SDK's ways to get keys but the environment",
  (service) => {
    const packages = namesOf(contentsOf(service).all.packages);
    expect(packages).toContain("@aws-sdk/credential-provider-env");
    expect(
      packages.filter((name) => /nested-clients|token-providers|imds|provider-(?!env)/.test(name)),
    ).toEqual([]);
  },
);

describe("a package of the SDK that wants more of what was replaced", () => {
  const cache = join(PROJECT_ROOT, "node_modules", ".cache");
  let directory: string;
  beforeAll(() => {
    mkdirSync(cache, { recursive: true });
    directory = mkdtempSync(join(cache, "alias-"));
  });
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  function build(imported: string) {
    const entry = join(directory, `${imported}.ts`);
    writeFileSync(
      entry,
      `import { ${imported} } from "@aws-sdk/credential-provider-node"; console.log(${imported});`,
    );
    return () => bundleContents(relative(PROJECT_ROOT, entry), { logLevel: "silent" });
  }

  it("fails the build", () => {
    expect(build("defaultProvider")).not.toThrow();
    expect(build("credentialsTreatedAsExpired")).toThrow(
      /No matching export in "lambdas\/shared\/function\/environment-credentials.ts"/,
    );
  });
});

describe("the webhooks", () => {
  it.each(["inbound", "outbound-webhook"] as const)(
    "%s has zod only in its light edition",
    (service) => {
      const { modules } = contentsOf(service).all;
      expect(modules.filter((path) => path.includes("/zod/v4/mini/"))).not.toEqual([]);
      expect(modules.filter((path) => path.includes("/zod/v4/classic/"))).toEqual([]);
    },
  );

  it.each(["inbound", "outbound-webhook"] as const)(
    "%s is no larger than a function that holds only the SQS client",
    (service) => {
      const stock = bundleContents("test/benchmarks/start/stock-sqs-handler.ts", STOCK);
      expect(contentsOf(service).all.bytes).toBeLessThanOrEqual(stock.all.bytes);
    },
  );
});

describe("what converts images", () => {
  it("is with one function alone, beside its bundle", () => {
    for (const service of Object.keys(FUNCTIONS) as (keyof typeof FUNCTIONS)[]) {
      const { modules } = contentsOf(service).all;
      expect([service, modules.some((path) => path.includes("convert-image"))]).toEqual([
        service,
        false,
      ]);
    }
    const { modules, packages } = contentsOf("outbound-images").all;
    expect(modules.some((path) => path.endsWith("prepare-image.ts"))).toBe(true);
    // It looks at nothing that could be anything, and asks nobody but S3.
    expect(
      namesOf(packages).filter((name) =>
        /file-type|music|filtering|sqs|dynamodb|secrets/.test(name),
      ),
    ).toEqual([]);
  });
});

describe("what few messages need", () => {
  it.each(["worker", "outbound-sender"] as const)("%s loads when it needs it", (service) => {
    const media = [
      "@aws-sdk/client-lambda",
      "@aws-sdk/client-s3",
      "content-disposition",
      "file-type",
      "mime",
      "music-metadata",
      "request-filtering-agent",
    ].filter((name) => service === "outbound-sender" || !/music|client-lambda/.test(name));
    const { atStart, all } = contentsOf(service);
    expect(namesOf(all.packages)).toEqual(expect.arrayContaining(media));
    expect(namesOf(atStart.packages).filter((name) => media.includes(name))).toEqual([]);
  });
});
