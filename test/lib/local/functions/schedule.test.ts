import { setTimeout as delay } from "node:timers/promises";
import type { InvocationResult } from "../../../../lib/local/functions/function-messages.ts";
import { startSchedule } from "../../../../lib/local/functions/schedule.ts";
import type { LogLine } from "../../../../lib/local/log-line.ts";
import { eventually } from "../eventually.ts";

const INTERVAL = 100;

function start(results: InvocationResult[]) {
  const calls: { at: number; event: unknown }[] = [];
  const logs: LogLine[] = [];
  const startedAt = Date.now();
  const schedule = startSchedule({
    milliseconds: INTERVAL,
    region: "ap-southeast-1",
    service: "quota",
    async invoke(event) {
      calls.push({ at: Date.now() - startedAt, event });
      return results.shift() ?? { ok: true, payload: null };
    },
    onLog: (line) => logs.push(line),
  });
  return { schedule, calls, logs };
}

const called = (calls: unknown[], times: number) =>
  eventually(() => (calls.length >= times ? true : undefined));

test("calls after each interval with EventBridge's event, until it is stopped", async () => {
  const { schedule, calls, logs } = start([]);
  await called(calls, 2);
  schedule.stop();
  // A timer of Node may be a millisecond early.
  expect(calls[0]?.at).toBeGreaterThanOrEqual(INTERVAL - 2);
  expect(calls[1]?.at).toBeGreaterThanOrEqual(2 * INTERVAL - 4);
  expect(calls[0]?.event).toMatchObject({
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: "000000000000",
    region: "ap-southeast-1",
    detail: {},
  });
  await delay(2 * INTERVAL);
  expect(calls).toHaveLength(2);
  expect(logs).toEqual([]);
});

test("goes on after a call that failed", async () => {
  const error = { errorType: "Broken", errorMessage: "private", stackTrace: [] };
  const { schedule, calls, logs } = start([{ ok: false, error }]);
  await called(calls, 2);
  schedule.stop();
  expect(logs).toEqual([
    { source: "quota", stream: "platform", text: "the scheduled call failed: Broken" },
  ]);
});
