import type { Template } from "aws-cdk-lib/assertions";
import { alarmOf, type MetricData, metricsOf } from "./alarms.ts";
import { evaluate } from "./metric-math.ts";
import { synthesize } from "./synthesize.ts";

let template: Template;
beforeAll(() => {
  template = synthesize("Thailand");
});

const alarm = (name: string) => alarmOf(template, name);

describe("the alarms on signatures", () => {
  const MINUTES = 180;
  /** What a webhook counts in each minute: refused, accepted and ignored requests. */
  type Minute = Partial<Record<"refused" | "accepted" | "ignored", number>>;
  const every = (minutes: number, what: Minute, from = 0, until = MINUTES) =>
    Array.from({ length: MINUTES }, (_, at) =>
      at >= from && at < until && (at - from) % minutes === 0 ? what : {},
    );
  const both = (one: Minute[], other: Minute[]) =>
    one.map((minute, at) => ({ ...minute, ...other[at] }));
  const FORGED_NOW_AND_THEN = every(60, { refused: 1 });
  const FLOOD = every(1, { refused: 500 });
  const GENUINE = every(10, { accepted: 1 });

  /** The minutes at whose end the alarm is on; CloudWatch looks every minute at the periods that end there. */
  function minutesOn(name: string, minutes: Minute[]): number[] {
    const { Metrics, Threshold, EvaluationPeriods, DatapointsToAlarm } = alarm(name);
    const [{ Expression }, ...watched]: [MetricData, ...MetricData[]] = Metrics;
    const period = (watched[0]?.MetricStat?.Period ?? 0) / 60;
    const valueAt = (end: number) => {
      const within = minutes.slice(Math.max(0, end - period), Math.max(0, end));
      const sums = watched.map(({ Id }): [string, number | undefined] => {
        const counts = within.flatMap((minute) => minute[Id as keyof Minute] ?? []);
        return [Id, counts.length === 0 ? undefined : counts.reduce((sum, one) => sum + one)];
      });
      return evaluate(Expression ?? "", Object.fromEntries(sums));
    };
    return minutes.flatMap((_, at) => {
      const values = Array.from({ length: EvaluationPeriods }, (_, n) =>
        valueAt(at + 1 - n * period),
      );
      const tooHigh = values.filter((value) => value > Threshold).length;
      return tooHigh >= DatapointsToAlarm ? [at] : [];
    });
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

  it("know a genuine request of Genesys Cloud that was ignored on purpose", () => {
    const ignored = both(FLOOD, every(10, { ignored: 1 }));
    expect(minutesOn("GenesysSignatureFailures-retail-thai", ignored)).toEqual([]);
    expect(metricsOf(alarm("GenesysSignatureFailures-retail-thai"))).toEqual([
      "outbound-webhook SignatureFailure",
      "outbound-webhook Accepted",
      "outbound-webhook Ignored",
    ]);
    expect(metricsOf(alarm("LineSignatureFailures-retail-thai"))).toEqual([
      "inbound SignatureFailure",
      "inbound Accepted",
    ]);
  });
});
