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
  const merged: MetricDocument[] = [];
  for (const document of documents) {
    const at = merged.findIndex((other) => agree(other, document));
    const other = merged[at];
    if (other === undefined) merged.push(document);
    else merged[at] = { ...other, ...document, _aws: both(other._aws, document._aws) };
  }
  return merged;
}

function both(one: MetricDocument["_aws"], other: MetricDocument["_aws"]): MetricDocument["_aws"] {
  return { ...one, CloudWatchMetrics: [...one.CloudWatchMetrics, ...other.CloudWatchMetrics] };
}

/** Lists of values never agree: they come from one place each. */
function agree(one: MetricDocument, other: MetricDocument): boolean {
  return Object.keys(one).every(
    (member) => member === "_aws" || !(member in other) || one[member] === other[member],
  );
}
