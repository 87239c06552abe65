import { believableTime } from "../../../../lambdas/shared/queue/believable-time.ts";
import { sqsRecord } from "../../sqs-record.ts";

const ARRIVED = 1_795_392_000_000;
const record = sqsRecord("m", "retail-thai#U1", {}, { SentTimestamp: String(ARRIVED) });

it.each([
  ["long ago", 0, 0],
  ["just before", ARRIVED - 50, ARRIVED - 50],
  ["by a clock that is ahead", ARRIVED + 120_000, ARRIVED + 120_000],
  ["in the future", ARRIVED + 120_001, ARRIVED],
  ["at the end of all time", 8.64e15, ARRIVED],
])("what a platform says happened %s", (_, said, believed) => {
  expect(believableTime(said, record)).toBe(believed);
});
