/** A document of CloudWatch's embedded metric format. */
export interface MetricDocument {
  _aws: { Timestamp: number; CloudWatchMetrics: object[] };
  [member: string]: unknown;
}

/**
 * As few documents as say the same: each is billed by its bytes. One document can hold several lists of metrics with
 * dimensions of their own, but all of them read their values from the same members. So two brands need two
 * documents, and so does a metric with two values.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function mergeDocuments(documents: readonly MetricDocument[]): MetricDocument[] {
  return documents.reduce<MetricDocument[]>((merged, document) => {
    const at = merged.findIndex((other) => agree(other, document));
    const other = merged[at];
    return other === undefined
      ? [...merged, document]
      : merged.with(at, {
          ...other,
          ...document,
          _aws: {
            ...other._aws,
            CloudWatchMetrics: [
              ...other._aws.CloudWatchMetrics,
              ...document._aws.CloudWatchMetrics,
            ],
          },
        });
  }, []);
}

/** Lists of values never agree: they come from one place each. */
function agree(one: MetricDocument, other: MetricDocument): boolean {
  return Object.keys(one).every(
    (member) => member === "_aws" || !(member in other) || one[member] === other[member],
  );
}
