import { Stack } from "aws-cdk-lib";
import { TextWidget } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { NamedMarket } from "../markets.ts";
import type { BrandQueues } from "./brand-queues.ts";
import type { BridgeFunction } from "./bridge-function.ts";
import { logGroupUrl, logsInsightsUrl, queueUrl } from "./console-urls.ts";
import { DASHBOARD_WIDTH } from "./graph.ts";
import { runbookAt } from "./runbook.ts";
import type { WebhookApi } from "./webhook-api.ts";

/** As many fit side by side where the brands' keys are long. */
const LINKS_PER_LINE = 6;

/** The dashboard's headings, with links to logs, queues and the runbook. */
export class SectionHeaders {
  readonly #stack: Stack;
  readonly #market: NamedMarket;

  constructor(scope: Construct, market: NamedMarket) {
    this.#stack = Stack.of(scope);
    this.#market = market;
  }

  /** A row of its own. */
  header(heading: string, ...links: string[]): TextWidget[] {
    const lines = links.length === 0 ? [heading] : [heading, links.join(" · ")];
    const height = 1 + Math.ceil(links.length / LINKS_PER_LINE);
    return [new TextWidget({ markdown: lines.join("\n"), width: DASHBOARD_WIDTH, height })];
  }

  log({ service, logGroup }: BridgeFunction): string {
    return link(`log of ${service}`, logGroupUrl(this.#stack, logGroup.logGroupName));
  }

  accessLog({ accessLogName }: WebhookApi): string {
    return link("access log", logGroupUrl(this.#stack, accessLogName));
  }

  queries(): string {
    const folder = `saved queries (folder ${this.#stack.stackName})`;
    return link(folder, logsInsightsUrl(this.#stack));
  }

  /** A link for each brand, and one for the dead letters of all. */
  queues({ queues, deadLetterQueue }: BrandQueues): string[] {
    return [
      ...[...queues].map(([brandKey, queue]) => link(`queue of ${brandKey}`, queueUrl(queue))),
      link("dead letters", queueUrl(deadLetterQueue)),
    ];
  }

  /** Sections of the runbook: links, or places in lib/cloud/RUNBOOK.md without a `runbookUrl`. */
  runbook(...headings: string[]): string {
    const sections = headings.map((heading) => {
      const address = runbookAt(this.#market, heading);
      return this.#market.runbookUrl === null ? address : link(heading, address);
    });
    return `runbook: ${sections.join(", ")}`;
  }
}

function link(label: string, url: string): string {
  return `[${label}](${url})`;
}
