import * as z from "zod";
import {
  createTelemetry,
  type Telemetry,
} from "../../../lambdas/shared/function/lambda-function.ts";
import type { Datum } from "./alarm-states.ts";

const emf = z.looseObject({
  _aws: z.object({
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string() })),
      }),
    ),
  }),
});

/**
 * What CloudWatch gets when a function of this market does `act` in each of these minutes: the functions' own lines in
 * the Embedded Metric Format.
 */
export function emitted(
  market: string,
  service: string,
  act: (telemetry: Telemetry) => void,
  minutes: readonly number[],
): Datum[] {
  process.env.POWERTOOLS_METRICS_NAMESPACE = "LineGenesysBridge";
  process.env.POWERTOOLS_SERVICE_NAME = service;
  const lines: string[] = [];
  const write = jest.spyOn(process.stdout, "write").mockImplementation((line: unknown) => {
    lines.push(String(line));
    return true;
  });
  try {
    const telemetry = createTelemetry(market);
    act(telemetry);
    void telemetry.middleware.after?.({} as never);
  } finally {
    write.mockRestore();
  }
  return minutes.flatMap((minute) => lines.flatMap((line) => valuesIn(line, minute)));
}

function valuesIn(line: string, minute: number): Datum[] {
  const { _aws, ...members } = emf.parse(JSON.parse(line));
  return _aws.CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) =>
      Metrics.flatMap(({ Name: name }) => {
        const dimensions = Object.fromEntries(names.map((each) => [each, members[each]]));
        const values = z.array(z.number()).parse([members[name]].flat());
        return values.map((value) => ({ namespace, name, dimensions, minute, value }));
      }),
    ),
  );
}
