import { readFileSync } from "node:fs";
import { tableKeys } from "../../lambdas/shared/tables/table-keys.ts";
import { synthesize } from "../lib/cloud/synthesize.ts";
import { type StoredItem, storedItems } from "./stored-items.ts";

const PAGE = readFileSync("lib/cloud/DATA-PROTECTION.md", "utf8");

/** The cells of the table whose first column has this heading. */
function rowsBelow(heading: string): string[][] {
  const [, table = ""] = PAGE.split(`\n| ${heading} |`);
  const [, , ...rows] = (table.split("\n\n")[0] ?? "").split("\n");
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const HOURS: Readonly<Record<string, number>> = { hours: 1, day: 24, days: 24, years: 365 * 24 };

/** Each time that a text names, in hours: `90 days; a block for 3 years`. */
function hoursIn(text: string): number[] {
  return [...text.matchAll(/(\d+) (hours|days?|years)\b/g)].map(
    ([, amount, unit = ""]) => Number(amount) * (HOURS[unit] ?? Number.NaN),
  );
}

const sorted = (hours: Iterable<number>) => [...new Set(hours)].sort((a, b) => a - b);

describe("the items of the table", () => {
  let items: StoredItem[];
  beforeAll(async () => {
    items = await storedItems();
  });
  const rows = rowsBelow("Key").map(([key = "", , kept = ""]) => ({
    key: key.replaceAll("`", ""),
    hours: sorted(hoursIn(kept)),
  }));

  it("are all that the code writes, kept for as long as the page says", () => {
    const written = [...Map.groupBy(items, ({ key }) => key)].map(([key, each]) => ({
      key,
      hours: sorted(each.map(({ hours }) => hours)),
    }));
    const byKey = (one: { key: string }, other: { key: string }) =>
      one.key.localeCompare(other.key);
    expect(rows.toSorted(byKey)).toEqual(written.toSorted(byKey));
  });

  it("are all that have a key", () => {
    expect(rows).toHaveLength(Object.keys(tableKeys).length);
  });
});

type Properties = Record<string, unknown>;

/** What holds data in the template, with what proves that the page is right about its encryption. */
const STORES: readonly [
  type: string,
  row: string,
  encryption: string,
  isSo: (p: Properties) => boolean,
][] = [
  ["AWS::SQS::Queue", "the brands' queues", "SSE-SQS", (p) => p.SqsManagedSseEnabled === true],
  ["AWS::SQS::Queue", "the dead-letter queues", "SSE-SQS", (p) => p.SqsManagedSseEnabled === true],
  ["AWS::DynamoDB::Table", "the table", "AWS owned key", (p) => p.SSESpecification === undefined],
  [
    "AWS::S3::Bucket",
    "the media bucket",
    "SSE-S3",
    (p) => JSON.stringify(p.BucketEncryption).includes('"SSEAlgorithm":"AES256"'),
  ],
  [
    "AWS::SecretsManager::Secret",
    "the secrets",
    "aws/secretsmanager",
    (p) => p.KmsKeyId === undefined,
  ],
  ["AWS::Logs::LogGroup", "the logs", "CloudWatch's own key", (p) => p.KmsKeyId === undefined],
  ["AWS::SNS::Topic", "the alarms' topic", "not at rest", (p) => p.KmsMasterKeyId === undefined],
];

/** What else of a template keeps something, and holds nothing of a customer. */
const HOLDS_NONE =
  /^AWS::(?:ApiGatewayV2|CloudWatch|Events|IAM|Lambda)::|^AWS::Logs::QueryDefinition$|Policy$|Permission$|^AWS::CloudFront::(?:OriginAccessControl|ResponseHeadersPolicy)$/;

describe("the places", () => {
  const rows = rowsBelow("Where");

  it.each(STORES)("%s: %s is encrypted with %s", (type, row, encryption, isSo) => {
    const found = Object.values(synthesize("Thailand").findResources(type));
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ Properties }) => !isSo(Properties ?? {}))).toEqual([]);
    expect(rows.find(([where = ""]) => where.includes(row))?.[3]).toContain(encryption);
  });

  it("are all that the template has", () => {
    const types = Object.values(
      synthesize("Thailand").toJSON().Resources as Record<string, { Type: string }>,
    );
    const known = new Set(STORES.map(([type]) => type).concat("AWS::CloudFront::Distribution"));
    expect(
      types.map(({ Type }) => Type).filter((type) => !HOLDS_NONE.test(type) && !known.has(type)),
    ).toEqual([]);
    expect(rows.some(([where = ""]) => where.includes("CloudFront"))).toBe(true);
  });

  it("keep messages for 14 days at most, and the rest for as long as the settings say", () => {
    const japan = synthesize("Japan");
    for (const { Properties } of Object.values(japan.findResources("AWS::SQS::Queue"))) {
      expect(Properties.MessageRetentionPeriod).toBe(14 * 86_400);
    }
    const keptOf = (where: string) => rows.find(([cell = ""]) => cell.includes(where))?.[2];
    expect(hoursIn(keptOf("the dead-letter queues") ?? "")).toEqual([14 * 24]);
    const [bucket] = Object.values(japan.findResources("AWS::S3::Bucket"));
    const { ExpirationInDays } = bucket?.Properties.LifecycleConfiguration.Rules[0] ?? {};
    expect(keptOf("the media bucket")).toContain(`\`mediaRetentionDays\`, ${ExpirationInDays}`);
    for (const { Properties } of Object.values(japan.findResources("AWS::Logs::LogGroup"))) {
      expect(keptOf("the logs")).toContain(`\`logRetentionDays\`, ${Properties.RetentionInDays}`);
    }
  });

  it("keep no copy from which erased data could come back", () => {
    const template = synthesize("Thailand");
    for (const { Properties } of Object.values(template.findResources("AWS::DynamoDB::Table"))) {
      expect(Properties.PointInTimeRecoverySpecification).toBeUndefined();
      expect(Properties.StreamSpecification).toBeUndefined();
    }
    for (const { Properties } of Object.values(template.findResources("AWS::S3::Bucket"))) {
      expect(Properties.VersioningConfiguration).toBeUndefined();
      expect(Properties.ReplicationConfiguration).toBeUndefined();
    }
  });
});
