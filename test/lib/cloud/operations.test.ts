import { readdirSync, readFileSync } from "node:fs";
import type { Template } from "aws-cdk-lib/assertions";
import { anchorsOf } from "../../pages/markdown.ts";
import { alarmOf, alarmsOf, metricsOf } from "./alarms.ts";
import { widgetsOf } from "./dashboard-body.ts";
import { evaluate } from "./metric-math.ts";
import { synthesize } from "./synthesize.ts";

let template: Template;
beforeAll(() => {
  template = synthesize("Thailand");
});

const alarms = () => alarmsOf(template);
const alarm = (name: string) => alarmOf(template, name);

describe("alarms", () => {
  it("watch every queue, function, webhook and brand", () => {
    expect(
      alarms().map(({ AlarmName }) => AlarmName.replace("LineGenesysBridge-Thailand-", "")),
    ).toEqual([
      "InboundDeadLetters",
      "InboundDeadLettersExpire",
      "InboundOldestMessage-retail-thai",
      "InboundOldestMessage-travel-thai",
      "OutboundDeadLetters",
      "OutboundDeadLettersExpire",
      "OutboundOldestMessage-retail-thai",
      "OutboundOldestMessage-travel-thai",
      "WorkerErrors",
      "OutboundSenderErrors",
      "OutboundImagesErrors",
      "HourlyCheckErrors",
      "Throttles",
      "WebhookServerErrors",
      "GenesysErrors",
      "LineErrors",
      ...["retail-thai", "travel-thai"].flatMap((brand) => [
        `LineSignatureFailures-${brand}`,
        `GenesysSignatureFailures-${brand}`,
        `RefusedWebhooks-${brand}`,
        `SecretFault-${brand}`,
        `GenesysAccessRefused-${brand}`,
        `LineAccessRefused-${brand}`,
        `HeldBack-${brand}`,
        `QuotaExceeded-${brand}`,
        `Quota80Percent-${brand}`,
        `Quota95Percent-${brand}`,
      ]),
    ]);
  });

  it.each([
    ["Thailand", "lib/cloud/RUNBOOK.md"],
    ["Japan", "https://wiki.example.com/bridge"],
  ])("of %s say how severe it is, whom it hurts and where to read on", (market, address) => {
    const anchors = anchorsOf(readFileSync("lib/cloud/RUNBOOK.md", "utf8"));
    for (const { AlarmDescription } of alarmsOf(synthesize(market))) {
      const { at, anchor } =
        /^Severity: (?:high|medium)\. Impact: \S.{40,}\. Runbook: (?<at>\S+)#(?<anchor>[a-z-]+)$/.exec(
          AlarmDescription,
        )?.groups ?? {};
      expect(at).toBe(address);
      expect(anchors).toContain(anchor);
      // CloudWatch keeps no more.
      expect(AlarmDescription.length).toBeLessThanOrEqual(1_024);
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
    const shown = widgetsOf(template).flatMap(({ properties }) => properties.alarms ?? []);
    expect(shown).toEqual(alarms().map(({ id }) => `<${id}>`));
  });

  it("stay within the 10 metrics and 10 expressions that one alarm may have", () => {
    for (const each of alarms()) {
      const { Metrics = [] } = each;
      expect(metricsOf(each).length).toBeLessThanOrEqual(10);
      expect(Metrics.length - metricsOf(each).length).toBeLessThanOrEqual(10);
    }
  });

  it("notice a fault of a brand in whichever function, and stay on until the next hourly check", () => {
    for (const name of [
      "RefusedWebhooks",
      "SecretFault",
      "GenesysAccessRefused",
      "LineAccessRefused",
    ]) {
      const fault = alarm(`${name}-retail-thai`);
      expect(fault).toMatchObject({ Threshold: 0, EvaluationPeriods: 15, DatapointsToAlarm: 1 });
      expect(fault.Period).toBe(300);
      expect(metricsOf(fault)).toHaveLength(1);
    }
  });

  it("go off once when functions are throttled, whichever they are: the account is at its limit", () => {
    const { Threshold, Metrics } = alarm("Throttles");
    const [{ Expression }, ...watched] = Metrics;
    expect(watched).toHaveLength(4);
    const functions = watched.map(
      ({ MetricStat }: { MetricStat: { Metric: { Dimensions: { Value: { Ref: string } }[] } } }) =>
        MetricStat.Metric.Dimensions[0]?.Value.Ref,
    );
    expect(new Set(functions).size).toBe(4);
    expect(evaluate(Expression, {})).toBe(Threshold);
    expect(evaluate(Expression, { [watched[3].Id]: 1 })).toBeGreaterThan(Threshold);
  });

  it("go off ten days after a letter was parked, four before SQS deletes it", () => {
    for (const [direction, part] of [
      ["Inbound", "LineToGenesys"],
      ["Outbound", "GenesysToLine"],
    ]) {
      const expiring = alarm(`${direction}DeadLettersExpire`);
      expect(expiring).toMatchObject({
        MetricName: "ApproximateAgeOfOldestMessage",
        Statistic: "Maximum",
        Period: 3_600,
        Threshold: 864_000,
        EvaluationPeriods: 1,
        // An empty queue has no oldest message.
        TreatMissingData: "notBreaching",
      });
      const queueId = expiring.Dimensions[0].Value["Fn::GetAtt"][0];
      expect(queueId).toMatch(new RegExp(`^${part}${direction}DeadLetters`));
      const { MessageRetentionPeriod } = template.toJSON().Resources[queueId].Properties;
      expect(MessageRetentionPeriod - expiring.Threshold).toBe(4 * 86_400);
    }
  });

  it("stay on while dead letters lie in a queue that SQS no longer reports on", () => {
    const deadLetters = alarms().filter(({ AlarmName }) => AlarmName.endsWith("DeadLetters"));
    expect(deadLetters).toHaveLength(2);
    for (const each of deadLetters) {
      expect(each).toMatchObject({ Threshold: 0, TreatMissingData: "ignore" });
    }
  });

  it("go off when a message is older than 5 minutes, also one that SQS leaves out, until 17 minutes after its last try", () => {
    const watched = [
      ["Inbound", "worker", "retail-thai"],
      ["Inbound", "worker", "travel-thai"],
      ["Outbound", "outbound-sender", "retail-thai"],
      ["Outbound", "outbound-sender", "travel-thai"],
    ] as const;
    for (const [direction, consumer, brand] of watched) {
      const oldest = alarm(`${direction}OldestMessage-${brand}`);
      const { Threshold, EvaluationPeriods, Metrics, AlarmDescription } = oldest;
      expect(AlarmDescription).toContain(`customer of ${brand} `);
      expect([Threshold, EvaluationPeriods]).toEqual([300, 17]);
      const [{ Expression }, age, waited] = Metrics;
      expect(Expression).toBe("MAX([FILL(age,0),FILL(waited,0)])");
      const { MetricName, Dimensions } = age.MetricStat.Metric;
      expect(MetricName).toBe("ApproximateAgeOfOldestMessage");
      const queue = template.toJSON().Resources[Dimensions[0].Value["Fn::GetAtt"][0]];
      expect(queue.Properties.QueueName).toBe(`Thailand_${direction.toLowerCase()}_${brand}.fifo`);
      expect(waited.MetricStat).toMatchObject({ Period: 60, Stat: "Maximum" });
      expect(waited.MetricStat.Metric).toMatchObject({
        MetricName: "Waited",
        Dimensions: [
          { Name: "brand", Value: brand },
          { Name: "market", Value: "Thailand" },
          { Name: "service", Value: consumer },
        ],
      });
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

  it("ask the logs of all functions, or of the HTTP API", () => {
    expect(queries().map(({ Name, LogGroupNames }) => [Name, LogGroupNames.length])).toEqual([
      ["LineGenesysBridge-Thailand/Follow one message", 6],
      ["LineGenesysBridge-Thailand/Slowest deliveries", 6],
      ["LineGenesysBridge-Thailand/Deliveries by kind", 6],
      ["LineGenesysBridge-Thailand/Failures by reason", 6],
      ["LineGenesysBridge-Thailand/Webhook answers", 1],
    ]);
    const [settings] = Object.values(template.findResources("AWS::ApiGatewayV2::Stage")).map(
      ({ Properties }) => Properties.AccessLogSettings,
    );
    const { DestinationArn, Format } = settings;
    expect(queries()[4]?.LogGroupNames).toEqual([{ Ref: DestinationArn["Fn::GetAtt"][0] }]);
    expect(Object.keys(JSON.parse(Format))).toEqual(
      expect.arrayContaining(["path", "status", "error"]),
    );
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
      "millisecondsSinceMessage",
      "messageId",
      "kind",
      "contextId",
      "statusCode",
      "fault",
      "status",
      '"Delivered to',
    ]) {
      expect(code).toContain(field);
    }
  });
});
