import type { Template } from "aws-cdk-lib/assertions";
import { GAUGES, METRICS, type MetricName } from "../../../lambdas/shared/contract/metric-names.ts";
import { SERVICES } from "../../../lambdas/shared/contract/services.ts";
import type { Telemetry } from "../../../lambdas/shared/function/lambda-function.ts";
import { type Datum, minutesOn } from "./alarm-states.ts";
import { alarmsOf } from "./alarms.ts";
import { emitted } from "./emitted.ts";
import { findFunction, synthesize } from "./synthesize.ts";

/** A minute within the hour that is looked at, late enough for every period to be full. */
const NOW = 70;
const BRAND = "retail-thai";
const { inbound, worker, outboundWebhook, outboundSender, outboundImages, hourlyCheck } = SERVICES;

let template: Template;
beforeAll(() => {
  template = synthesize("Thailand");
});

const prefix = "LineGenesysBridge-Thailand-";

/** The ends of the names of all alarms that are on at some minute of the first two hours. */
function on(data: readonly Datum[]): string[] {
  return alarmsOf(template).flatMap((alarm) =>
    minutesOn(alarm, data, 120).length > 0 ? [alarm.AlarmName.replace(prefix, "")] : [],
  );
}

const emit = (
  service: string,
  act: (telemetry: Telemetry) => void,
  minutes: readonly number[] = [NOW],
) => emitted("Thailand", service, act, minutes);
const counted = (service: string, metric: MetricName, amount?: number) =>
  emit(service, (telemetry) => telemetry.forBrand(BRAND).count(metric, amount));
const asked = (platform: "genesys" | "line", service: string, failed: number, all: number) =>
  emit(service, (telemetry) => {
    const count = telemetry.forAnswersOf(platform);
    for (let n = 0; n < all; n++) count(n < failed ? "5xx" : "2xx");
  });

/** What AWS measures of a resource of the template. */
const ofAws = (
  namespace: string,
  name: string,
  dimension: string,
  reference: unknown,
  value: number,
  minutes: readonly number[] = [NOW],
): Datum[] =>
  minutes.map((minute) => ({
    namespace,
    name,
    dimensions: { [dimension]: reference },
    minute,
    value,
  }));

const idOf = (type: string, ofId: (id: string, properties: { QueueName?: string }) => boolean) => {
  const [found] = Object.entries(template.findResources(type)).find(([id, { Properties }]) =>
    ofId(id, Properties ?? {}),
  ) ?? [""];
  return found;
};
const queue = (name: string, value: number, ofId: (id: string, queueName?: string) => boolean) => {
  const id = idOf("AWS::SQS::Queue", (each, { QueueName }) => ofId(each, QueueName));
  return ofAws("AWS/SQS", name, "QueueName", { "Fn::GetAtt": [id, "QueueName"] }, value);
};
const brandQueue = (direction: string, value: number) =>
  queue(
    "ApproximateAgeOfOldestMessage",
    value,
    (_, name) => name === `Thailand_${direction}_${BRAND}.fifo`,
  );
const deadLetters = (direction: string, name: string, value: number) =>
  queue(name, value, (id) => id.includes(`${direction}DeadLetters`));
const lambda = (service: string, name: string, value: number) => {
  const { roleId } = findFunction(template, service);
  const id = idOf("AWS::Lambda::Function", (each) =>
    each.startsWith(roleId.replace(/Role\w+$/, "Function")),
  );
  return ofAws("AWS/Lambda", name, "FunctionName", { Ref: id }, value);
};
const serverErrors = () =>
  ofAws("AWS/ApiGateway", "5xx", "ApiId", { Ref: idOf("AWS::ApiGatewayV2::Api", () => true) }, 1);

/**
 * Each alarm that there was when each function was watched for itself (32 alarm metrics a market, 26 a brand), what it
 * was to notice, and the alarm that notices it now.
 */
const SUCCESSORS: [before: string, what: string, now: string, fault: () => Datum[]][] = [
  [
    "InboundDeadLetters",
    "a letter",
    "InboundDeadLetters",
    () => deadLetters("Inbound", "ApproximateNumberOfMessagesVisible", 1),
  ],
  [
    "OutboundDeadLetters",
    "a letter",
    "OutboundDeadLetters",
    () => deadLetters("Outbound", "ApproximateNumberOfMessagesVisible", 1),
  ],
  [
    "InboundDeadLettersExpire",
    "a letter of ten days",
    "InboundDeadLettersExpire",
    () => deadLetters("Inbound", "ApproximateAgeOfOldestMessage", 864_001),
  ],
  [
    "OutboundDeadLettersExpire",
    "a letter of ten days",
    "OutboundDeadLettersExpire",
    () => deadLetters("Outbound", "ApproximateAgeOfOldestMessage", 864_001),
  ],
  [
    `InboundOldestMessage-${BRAND}`,
    "that nobody consumes",
    `InboundOldestMessage-${BRAND}`,
    () => brandQueue("inbound", 301),
  ],
  [
    `InboundOldestMessage-${BRAND}`,
    "that SQS leaves out",
    `InboundOldestMessage-${BRAND}`,
    () => emit(worker, (telemetry) => telemetry.noteWait(BRAND, 301)),
  ],
  [
    `OutboundOldestMessage-${BRAND}`,
    "that nobody consumes",
    `OutboundOldestMessage-${BRAND}`,
    () => brandQueue("outbound", 301),
  ],
  [
    `OutboundOldestMessage-${BRAND}`,
    "that SQS leaves out",
    `OutboundOldestMessage-${BRAND}`,
    () => emit(outboundSender, (telemetry) => telemetry.noteWait(BRAND, 301)),
  ],
  [
    "InboundErrors",
    "which API Gateway answers with 5xx",
    "WebhookServerErrors",
    () => [...lambda(inbound, "Errors", 1), ...serverErrors()],
  ],
  [
    "OutboundWebhookErrors",
    "which API Gateway answers with 5xx",
    "WebhookServerErrors",
    () => [...lambda(outboundWebhook, "Errors", 1), ...serverErrors()],
  ],
  ["WorkerErrors", "an error", "WorkerErrors", () => lambda(worker, "Errors", 1)],
  [
    "OutboundSenderErrors",
    "an error",
    "OutboundSenderErrors",
    () => lambda(outboundSender, "Errors", 1),
  ],
  [
    "OutboundImagesErrors",
    "an error, which was one of OutboundSenderErrors",
    "OutboundImagesErrors",
    () => lambda(outboundImages, "Errors", 1),
  ],
  [
    "HourlyCheckErrors",
    "three failed tries",
    "HourlyCheckErrors",
    () => lambda(hourlyCheck, "Errors", 3),
  ],
  ["Throttles", "of inbound", "Throttles", () => lambda(inbound, "Throttles", 1)],
  ["Throttles", "of worker", "Throttles", () => lambda(worker, "Throttles", 1)],
  ["Throttles", "of outbound-webhook", "Throttles", () => lambda(outboundWebhook, "Throttles", 1)],
  ["Throttles", "of outbound-sender", "Throttles", () => lambda(outboundSender, "Throttles", 1)],
  ["WebhookServerErrors", "a 5xx", "WebhookServerErrors", serverErrors],
  [
    "GenesysErrors",
    "11 % of the worker's requests",
    "GenesysErrors",
    () => asked("genesys", worker, 11, 100),
  ],
  [
    "LineErrors",
    "11 % of the sender's requests beside as many of the worker",
    "LineErrors",
    () => [...asked("line", outboundSender, 11, 100), ...asked("line", worker, 0, 100)],
  ],
  [
    "LineMediaErrors",
    "11 % of the worker's requests beside as many of the sender",
    "LineErrors",
    () => [...asked("line", worker, 11, 100), ...asked("line", outboundSender, 0, 100)],
  ],
  [
    `LineSignatureFailures-${BRAND}`,
    "five of five requests",
    `LineSignatureFailures-${BRAND}`,
    () => counted(inbound, METRICS.signatureFailure, 5),
  ],
  [
    `GenesysSignatureFailures-${BRAND}`,
    "five of five requests",
    `GenesysSignatureFailures-${BRAND}`,
    () => counted(outboundWebhook, METRICS.signatureFailure, 5),
  ],
  ...[inbound, outboundWebhook].map((service): (typeof SUCCESSORS)[number] => [
    `RefusedWebhooks-${BRAND}`,
    service,
    `RefusedWebhooks-${BRAND}`,
    () => counted(service, METRICS.refused),
  ]),
  ...Object.values(SERVICES).map((service): (typeof SUCCESSORS)[number] => [
    `SecretFault-${BRAND}`,
    service,
    `SecretFault-${BRAND}`,
    () => counted(service, METRICS.secretFault),
  ]),
  ...[worker, hourlyCheck].map((service): (typeof SUCCESSORS)[number] => [
    `GenesysAccessRefused-${BRAND}`,
    service,
    `GenesysAccessRefused-${BRAND}`,
    () => counted(service, METRICS.genesysAccessRefused),
  ]),
  ...[worker, outboundSender, hourlyCheck].map((service): (typeof SUCCESSORS)[number] => [
    `LineAccessRefused-${BRAND}`,
    service,
    `LineAccessRefused-${BRAND}`,
    () => counted(service, METRICS.lineAccessRefused),
  ]),
  ...[worker, outboundSender].map((service): (typeof SUCCESSORS)[number] => [
    `HeldBack-${BRAND}`,
    service,
    `HeldBack-${BRAND}`,
    () => counted(service, METRICS.heldBack),
  ]),
  [
    `QuotaExceeded-${BRAND}`,
    "a message",
    `QuotaExceeded-${BRAND}`,
    () => counted(outboundSender, METRICS.quotaExceeded),
  ],
];

const used = (percent: number) =>
  emit(hourlyCheck, (telemetry) =>
    telemetry.forBrand(BRAND).measure(GAUGES.quotaUsedPercent, percent),
  );

describe("an alarm of before", () => {
  it.each(SUCCESSORS)("%s (%s) is %s, and no other goes off", (_before, _what, now, fault) => {
    expect(on(fault())).toEqual([now]);
  });

  it("Quota80Percent and Quota95Percent are what they were", () => {
    expect(on(used(80))).toEqual([]);
    expect(on(used(81))).toEqual([`Quota80Percent-${BRAND}`]);
    expect(on(used(96))).toEqual([`Quota80Percent-${BRAND}`, `Quota95Percent-${BRAND}`]);
  });

  it("has a line here, whichever there was", () => {
    const before = new Set(SUCCESSORS.map(([name]) => name));
    const percents = ["Quota80Percent", "Quota95Percent"].map((name) => `${name}-${BRAND}`);
    const now = alarmsOf(template).map(({ AlarmName }) => AlarmName.replace(prefix, ""));
    expect(now.filter((name) => !name.endsWith("travel-thai")).sort()).toEqual(
      [...new Set([...SUCCESSORS.map(([, , name]) => name), ...percents])].sort(),
    );
    // 14 a market and 12 a brand, and one of a function that was part of another.
    expect(before.size + percents.length).toBe(27);
  });
});

describe("without a fault", () => {
  it("all stay off: nobody writes, and people write", () => {
    expect(on([])).toEqual([]);
    const minutes = Array.from({ length: 120 }, (_, minute) => minute);
    const traffic = [inbound, outboundWebhook].flatMap((service) =>
      emit(service, (telemetry) => telemetry.forBrand(BRAND).count(METRICS.accepted), minutes),
    );
    const delivered = emit(
      worker,
      (telemetry) => {
        telemetry.forBrand(BRAND).measure(GAUGES.timeToGenesys, 400);
        for (let n = 0; n < 10; n++) telemetry.forAnswersOf("genesys")("2xx");
      },
      minutes,
    );
    expect(on([...traffic, ...delivered, ...used(79), ...brandQueue("inbound", 299)])).toEqual([]);
  });

  it("of some failures among many requests, and of four at night, the platforms' alarms stay off", () => {
    expect(on(asked("genesys", worker, 10, 100))).toEqual([]);
    expect(on(asked("genesys", worker, 4, 4))).toEqual([]);
    expect(on(asked("line", outboundSender, 5, 100))).toEqual([]);
    expect(on(asked("line", outboundSender, 4, 4))).toEqual([]);
  });

  it("two failed tries of the hourly check are none", () => {
    expect(on(lambda(hourlyCheck, "Errors", 2))).toEqual([]);
  });
});
