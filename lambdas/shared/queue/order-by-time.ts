import type { SQSRecord } from "aws-lambda";
import type { Work } from "./attempt.ts";

/**
 * The records of one group in the order in which they were written: webhooks of one customer overtake
 * each other on their way to the queue. Equal times keep the queue's order. So does the whole group where
 * a record has no time, because a record between two others would have no place of its own.
 */
export function orderByTime(
  records: readonly SQSRecord[],
  timeOf: Work["timeOf"],
): readonly SQSRecord[] {
  // One record, which is the usual number, is not read for this.
  if (timeOf === undefined || records.length < 2) return records;
  const timed: { record: SQSRecord; time: number }[] = [];
  for (const record of records) {
    const time = timeOf(record);
    if (time === undefined) return records;
    timed.push({ record, time });
  }
  return timed.toSorted((one, other) => one.time - other.time).map(({ record }) => record);
}
