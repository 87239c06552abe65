import type { Template } from "aws-cdk-lib/assertions";
import { METRICS } from "../../../lambdas/shared/contract/metric-names.ts";
import { type Datum, minutesOn as minutesOf } from "./alarm-states.ts";
import { alarmOf, metricsOf } from "./alarms.ts";
import { synthesize } from "./synthesize.ts";

let template: Template;
beforeAll(() => {
  template = synthesize("Thailand");
});

const alarm = (name: string) => alarmOf(template, name);

describe("the alarms on signatures", () => {
  const MINUTES = 180;
  /** What a webhook counts in each minute: refused requests, and what it accepts of genuine ones. */
  type Minute = Partial<Record<"refused" | "accepted", number>>;
  const every = (minutes: number, what: Minute, from = 0, until = MINUTES) =>
    Array.from({ length: MINUTES }, (_, at) =>
      at >= from && at < until && (at - from) % minutes === 0 ? what : {},
    );
  const both = (one: Minute[], other: Minute[]) =>
    one.map((minute, at) => ({ ...minute, ...other[at] }));
  const FORGED_NOW_AND_THEN = every(60, { refused: 1 });
  const FLOOD = every(1, { refused: 500 });
  const GENUINE = every(10, { accepted: 1 });

  /** The minutes at whose end the alarm is on. */
  function minutesOn(name: string, counts: Minute[]): number[] {
    const service = name.startsWith("Line") ? "inbound" : "outbound-webhook";
    const dimensions = { service, market: "Thailand", brand: "retail-thai" };
    const of = (metric: string, minute: number, value: number | undefined): Datum[] =>
      value === undefined
        ? []
        : [{ namespace: "LineGenesysBridge", name: metric, dimensions, minute, value }];
    const data = counts.flatMap(({ refused, accepted }, minute) => [
      ...of(METRICS.signatureFailure, minute, refused),
      ...of(METRICS.accepted, minute, accepted),
    ]);
    return minutesOf(alarm(name), data, MINUTES);
  }

  it.each(["LineSignatureFailures-retail-thai", "GenesysSignatureFailures-retail-thai"])(
    "%s goes off when nothing is accepted any more, and not for a stranger",
    (name) => {
      // The secret was changed in minute 60, and the right one is stored in minute 120.
      const changed = both(
        both(every(2, { accepted: 3 }, 0, 60), every(2, { refused: 1 }, 60, 120)),
        every(2, { accepted: 3 }, 120),
      );
      const on = minutesOn(name, changed);
      expect(on[0]).toBe(73);
      // 75 minutes after the last period without a right signature; it ends with minute 119.
      expect(on.at(-1)).toBe(MINUTES - 1);
      expect(minutesOn(name, both(every(60, { refused: 1 }), every(20, { refused: 1 })))).toEqual(
        [],
      );
      expect(minutesOn(name, FORGED_NOW_AND_THEN)).toEqual([]);
      expect(minutesOn(name, both(FORGED_NOW_AND_THEN, GENUINE))).toEqual([]);
      expect(minutesOn(name, both(FLOOD, GENUINE))).toEqual([]);
      expect(minutesOn(name, GENUINE)).toEqual([]);
      expect(minutesOn(name, every(1, {}))).toEqual([]);
    },
  );

  it("go off at the fifth of 15 minutes, and stay on for as long as the hourly checks need", () => {
    const name = "LineSignatureFailures-retail-thai";
    const four = every(3, { refused: 1 }, 0, 12);
    const five = every(3, { refused: 1 }, 0, 13);
    expect(minutesOn(name, four)).toEqual([]);
    const on = minutesOn(name, five);
    expect([on[0], on.at(-1)]).toEqual([12, 74]);
  });

  it.each([
    ["LineSignatureFailures-retail-thai", "inbound"],
    ["GenesysSignatureFailures-retail-thai", "outbound-webhook"],
  ])("%s knows a genuine request that holds nothing to forward", (name, service) => {
    expect(minutesOn(name, both(FLOOD, every(10, { accepted: 0 })))).toEqual([]);
    expect(metricsOf(alarm(name))).toEqual([`${service} SignatureFailure`, `${service} Accepted`]);
  });
});
