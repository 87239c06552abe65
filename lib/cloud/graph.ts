import { Duration } from "aws-cdk-lib";
import { GraphWidget, type IMetric } from "aws-cdk-lib/aws-cloudwatch";

/** CloudWatch's grid has 24 columns. */
export const DASHBOARD_WIDTH = 24;

/** What one value of a graph stands for. */
export const PERIOD = Duration.minutes(5);

export type Graph = (width: number) => GraphWidget;

/**
 * `lines` are values that matter, such as one above which an alarm goes off; `region` is where the metrics are, if
 * not here.
 */
export function graph(
  title: string,
  left: IMetric[],
  { lines = [], region }: { lines?: { value: number; label: string }[]; region?: string } = {},
): Graph {
  return (width) =>
    new GraphWidget({
      title,
      left,
      width,
      height: 6,
      leftYAxis: { min: 0, showUnits: false },
      leftAnnotations: lines,
      ...(region === undefined ? {} : { region }),
    });
}

/** Graphs that share the width of the dashboard evenly. */
export function row(...graphs: Graph[]): GraphWidget[] {
  return graphs.map((make) => make(DASHBOARD_WIDTH / graphs.length));
}
