import { Duration } from "aws-cdk-lib";
import { GraphWidget, type IMetric } from "aws-cdk-lib/aws-cloudwatch";

/** CloudWatch's grid has 24 columns. */
export const DASHBOARD_WIDTH = 24;

/** What one value of a graph stands for. */
export const PERIOD = Duration.minutes(5);

export type Graph = (width: number) => GraphWidget;

/** `alarming` is the value at which an alarm goes off; `region` is where the metrics are, if not here. */
export function graph(
  title: string,
  left: IMetric[],
  { alarming, region }: { alarming?: number; region?: string } = {},
): Graph {
  return (width) =>
    new GraphWidget({
      title,
      left,
      width,
      height: 6,
      leftYAxis: { min: 0, showUnits: false },
      leftAnnotations: alarming === undefined ? [] : [{ value: alarming, label: "alarm" }],
      ...(region === undefined ? {} : { region }),
    });
}

/** Graphs that share the width of the dashboard evenly. */
export function row(...graphs: Graph[]): GraphWidget[] {
  return graphs.map((make) => make(DASHBOARD_WIDTH / graphs.length));
}
