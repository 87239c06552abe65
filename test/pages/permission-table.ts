import type { Template } from "aws-cdk-lib/assertions";
import { SERVICES } from "../../lambdas/shared/contract/services.ts";
import { findFunction, permissions } from "../lib/cloud/synthesize.ts";

/**
 * What each function's role allows in this template, as the table of the page on security: one row for each kind of
 * resource. Throws where a role treats the market's brands differently: the table could not say so.
 */
export function permissionTable(template: Template, market: string, brands: string[]): string {
  const rows = Object.values(SERVICES).flatMap((service) => {
    const lines = permissions(template, service).map((line) => general(line, market, brands));
    const byResource = Map.groupBy(lines, ({ resource }) => resource);
    return [...byResource].sort(byName).map(([resource, allowed], index) => {
      const name = index === 0 ? `\`${service}\`` : "";
      return `| ${name} | ${resource} | ${actionsOf(allowed, brands.length)} |`;
    });
  });
  return ["| Function | What | May |", "| --- | --- | --- |", ...rows].join("\n");
}

/** The short names of a template's functions. */
export function functionsOf(template: Template): string[] {
  return Object.values(template.findResources("AWS::Lambda::Function")).map(
    ({ Properties }) => Properties.Environment.Variables.POWERTOOLS_SERVICE_NAME,
  );
}

/** The actions that a template's roles allow on all resources, by function. */
export function unboundedActions(template: Template): string[] {
  return functionsOf(template).flatMap((service) => {
    const { roleId } = findFunction(template, service);
    return permissions(template, service).flatMap((line) =>
      line.endsWith(' "*"') ? [`${roleId} ${line}`] : [],
    );
  });
}

interface Line {
  action: string;
  resource: string;
  /** Undefined for what all brands share. */
  brand: string | undefined;
}

/** A line of `permissions()` in words that hold for every market and brand. */
function general(line: string, market: string, brands: string[]): Line {
  const [action = "", named = ""] = line.split(" ");
  const brand = brands.find((key) => named.includes(key));
  const resource = named.replace(market, "<market>").replace(brand ?? "\n", "<brand>");
  return { action, brand, resource: inWords(resource) };
}

const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^<market>\/.+$/, "the secret `$&`"],
  [/^<market>_.+\.fifo$/, "the queue `$&`"],
  [/^\w+InboundDeadLetters$/, "the inbound dead-letter queue"],
  [/^\w+OutboundDeadLetters$/, "the outbound dead-letter queue"],
  [/^\w+LogGroup$/, "its own log group"],
  [/^Table$/, "the table"],
  [/^MediaBucket\/\*$/, "each object of the media bucket"],
  [/^MediaBucket$/, "the media bucket"],
  [/^GenesysToLineImagesFunction$/, "the function `outbound-images`"],
];

function inWords(resource: string): string {
  const found = WORDS.find(([pattern]) => pattern.test(resource));
  if (found === undefined) throw new Error(`no words for ${resource}`);
  return resource.replace(found[0], found[1]);
}

function actionsOf(lines: readonly Line[], brands: number): string {
  const byAction = Map.groupBy(lines, ({ action }) => action);
  return [...byAction]
    .map(([action, each]) => {
      const isShared = each.every(({ brand }) => brand === undefined);
      if (!isShared && each.length !== brands) throw new Error(`${action} not for each brand`);
      return `\`${action}\``;
    })
    .sort()
    .join(", ");
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one.localeCompare(other);
}
