import { readdirSync, readFileSync } from "node:fs";
import type { Template } from "aws-cdk-lib/assertions";
import { METRICS } from "../../../lambdas/shared/names.ts";
import { synthesize } from "./synthesize.ts";

let template: Template;
beforeAll(() => {
  template = synthesize("Thailand");
});

function alarms() {
  return Object.entries(template.findResources("AWS::CloudWatch::Alarm")).map(([id, alarm]) => ({
    id,
    ...alarm.Properties,
  }));
}

/** The widgets as CloudWatch will see them; references become `<logical id>`. */
function widgets() {
  const [dashboard] = Object.values(template.findResources("AWS::CloudWatch::Dashboard"));
  const parts: unknown[] = dashboard?.Properties.DashboardBody["Fn::Join"][1];
  const body = parts.map((part) => (typeof part === "string" ? part : reference(part))).join("");
  return JSON.parse(body).widgets;
}

function reference(part: unknown): string {
  return `<${/"(?:Ref|Fn::GetAtt)":\[?"([\w:]+)"/.exec(JSON.stringify(part))?.[1]}>`;
}

describe("alarms", () => {
  it("watch every queue, function, webhook and brand", () => {
    expect(
      alarms().map(({ AlarmName }) => AlarmName.replace("LineGenesysBridge-Thailand-", "")),
    ).toEqual([
      "InboundDeadLetters",
      "InboundOldestMessage",
      "OutboundDeadLetters",
      "OutboundOldestMessage",
      "InboundErrors",
      "WorkerErrors",
      "OutboundWebhookErrors",
      "OutboundSenderErrors",
      "QuotaErrors",
      "WebhookServerErrors",
      "LineSignatureFailures-retail-thai",
      "GenesysSignatureFailures-retail-thai",
      "SecretFault-retail-thai",
      "ConfigurationFailure-retail-thai",
      "QuotaExceeded-retail-thai",
      "Quota80Percent-retail-thai",
      "Quota95Percent-retail-thai",
      "LineSignatureFailures-travel-thai",
      "GenesysSignatureFailures-travel-thai",
      "SecretFault-travel-thai",
      "ConfigurationFailure-travel-thai",
      "QuotaExceeded-travel-thai",
      "Quota80Percent-travel-thai",
      "Quota95Percent-travel-thai",
    ]);
  });

  it("say how severe it is, whom it hurts and where to read on", () => {
    const headings = readFileSync("README.md", "utf8").match(/^#+ .+$/gm) ?? [];
    const anchors = headings.map((heading) =>
      heading.replace(/^#+ /, "").toLowerCase().replaceAll(" ", "-"),
    );
    for (const { AlarmDescription } of alarms()) {
      const { anchor } =
        /^Severity: (?:high|medium)\. Impact: \S.{40,}\. Runbook: README\.md#(?<anchor>[a-z-]+)$/.exec(
          AlarmDescription,
        )?.groups ?? {};
      expect(anchors).toContain(anchor);
    }
  });

  it("tell the topic when they go off and when they end", () => {
    const [topicId] = Object.keys(template.findResources("AWS::SNS::Topic"));
    for (const { AlarmActions, OKActions } of alarms()) {
      expect(AlarmActions).toEqual([{ Ref: topicId }]);
      expect(OKActions).toEqual([{ Ref: topicId }]);
    }
  });

  it("all stand on the dashboard", () => {
    const [status] = widgets().filter(({ type }: { type: string }) => type === "alarm");
    expect(status.properties.alarms).toEqual(alarms().map(({ id }) => `<${id}>`));
  });

  it("stay within the 10 metrics that one alarm may read", () => {
    for (const { Metrics = [] } of alarms()) expect(Metrics.length).toBeLessThanOrEqual(10);
  });

  it("keep ringing while dead letters lie in a queue that SQS no longer reports on", () => {
    const deadLetters = alarms().filter(({ AlarmName }) => AlarmName.endsWith("DeadLetters"));
    expect(deadLetters).toHaveLength(2);
    for (const alarm of deadLetters) {
      expect(alarm).toMatchObject({ Threshold: 0, TreatMissingData: "ignore" });
    }
  });

  it("ring when a message is older than 5 minutes", () => {
    const oldest = alarms().filter(({ AlarmName }) => AlarmName.endsWith("OldestMessage"));
    expect(oldest).toHaveLength(2);
    for (const alarm of oldest) {
      expect(alarm).toMatchObject({ MetricName: "ApproximateAgeOfOldestMessage", Threshold: 300 });
    }
  });
});

describe("topic", () => {
  it("accepts the alarms of this stack, which a policy of its own would otherwise shut out", () => {
    const [policy] = Object.values(template.findResources("AWS::SNS::TopicPolicy"));
    const statements = policy?.Properties.PolicyDocument.Statement;
    expect(statements).toContainEqual(
      expect.objectContaining({
        Effect: "Allow",
        Action: "sns:Publish",
        Principal: { Service: "cloudwatch.amazonaws.com" },
      }),
    );
    expect(statements).toContainEqual(
      expect.objectContaining({
        Effect: "Deny",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    );
  });

  it("has an e-mail subscription where the market names an address, and only there", () => {
    template.resourceCountIs("AWS::SNS::Subscription", 0);
    synthesize("Japan").hasResourceProperties("AWS::SNS::Subscription", {
      Protocol: "email",
      Endpoint: "operations@example.com",
    });
  });
});

describe("saved queries", () => {
  const queries = () =>
    Object.values(template.findResources("AWS::Logs::QueryDefinition")).map(
      ({ Properties }) => Properties,
    );

  it("ask the logs of all functions", () => {
    expect(queries().map(({ Name }) => Name)).toEqual([
      "LineGenesysBridge-Thailand/Follow one message",
      "LineGenesysBridge-Thailand/Slowest deliveries",
      "LineGenesysBridge-Thailand/Failures by reason",
    ]);
    for (const { LogGroupNames } of queries()) expect(LogGroupNames).toHaveLength(5);
  });

  it("name fields that the functions log", () => {
    const code = readdirSync("lambdas", { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .map((path) => readFileSync(`lambdas/${path}`, "utf8"))
      .join();
    for (const field of [
      "correlationId",
      "receives",
      "errorMessage",
      "errorName",
      "reason",
      "millisecondsSinceEvent",
      "millisecondsSinceWebhook",
      '"Delivered to',
    ]) {
      expect(code).toContain(field);
    }
  });
});

describe("dashboard", () => {
  it("is named after the stack", () => {
    template.hasResourceProperties("AWS::CloudWatch::Dashboard", {
      DashboardName: "LineGenesysBridge-Thailand",
    });
  });

  it("follows a message from top to bottom", () => {
    const titles = widgets().map(
      ({ properties }: { properties: { title?: string; markdown?: string } }) =>
        properties.title ?? properties.markdown,
    );
    expect(titles).toEqual([
      "# LINE ↔ Genesys Cloud · Thailand",
      "Alarms",
      "## 1 · LINE webhook: customers' messages arrive",
      "LINE webhook: accepted",
      "LINE webhook: refused and ignored",
      "LINE webhook: signature failures",
      "## 2 · Inbound queue: customers' messages wait, each customer's in order",
      "Inbound queue: age of the oldest message (s)",
      "Inbound queue: messages",
      "Inbound queue: dead letters",
      "## 3 · Worker: customers' messages go to Genesys Cloud",
      "To Genesys Cloud: delivered",
      "To Genesys Cloud: time of delivery (ms)",
      "To Genesys Cloud: retried and put off",
      "To Genesys Cloud: failed and ignored",
      "## 4 · Genesys webhook: agents' messages arrive",
      "Genesys webhook: accepted",
      "Genesys webhook: refused and ignored",
      "Genesys webhook: signature failures",
      "## 5 · Outbound queue: agents' messages wait, each customer's in order",
      "Outbound queue: age of the oldest message (s)",
      "Outbound queue: messages",
      "Outbound queue: dead letters",
      "## 6 · Sender: agents' messages go to LINE",
      "To LINE: delivered",
      "To LINE: time of delivery (ms)",
      "To LINE: retried and put off",
      "To LINE: failed and ignored",
      "LINE: used of this month's messages (%)",
      "LINE: used messages",
      "LINE: messages of the plan",
      "## Underneath: credentials, functions and the HTTP API",
      "Secret faults",
      "Configuration failures",
      "Functions: errors",
      "Functions: throttles",
      "Functions: duration, 95th percentile (ms)",
      "HTTP API: answers that are errors",
    ]);
  });

  it("shows every metric of the functions, for every brand, with zeros where nothing was counted", () => {
    const body = JSON.stringify(widgets());
    for (const metric of Object.values(METRICS)) {
      for (const brand of ["retail-thai", "travel-thai"]) {
        expect(body).toContain(
          `"LineGenesysBridge","${metric}","brand","${brand}","market","Thailand","service"`,
        );
      }
    }
    for (const { properties } of widgets()) {
      for (const [first] of properties.metrics ?? []) {
        if (first?.expression !== undefined)
          expect(first.expression).toMatch(/FILL\(\w+,(0|REPEAT)\)/);
      }
    }
  });
});
