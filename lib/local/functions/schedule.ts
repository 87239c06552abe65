import { randomUUID } from "node:crypto";
import type { OnLog } from "../log-line.ts";
import { ACCOUNT_ID } from "../template/stack-definition.ts";
import type { InvocationResult } from "./function-messages.ts";

export interface Schedule {
  /** A call that has begun goes on. */
  stop(): void;
}

/**
 * Calls a function at a fixed interval, for the first time after one interval, with the event of an
 * EventBridge schedule. A call that fails is only logged; AWS would repeat it twice.
 */
export function startSchedule(options: {
  milliseconds: number;
  region: string;
  /** The function's short name. */
  service: string;
  invoke(event: unknown): Promise<InvocationResult>;
  onLog: OnLog;
}): Schedule {
  const { milliseconds, region, service, invoke, onLog } = options;
  const timer = setInterval(async () => {
    const result = await invoke({
      version: "0",
      id: randomUUID(),
      "detail-type": "Scheduled Event",
      source: "aws.events",
      account: ACCOUNT_ID,
      time: new Date().toISOString(),
      region,
      resources: [],
      detail: {},
    });
    if (result.ok) return;
    const text = `the scheduled call failed: ${result.error.errorType}`;
    onLog({ source: service, stream: "platform", text });
  }, milliseconds);
  return { stop: () => clearInterval(timer) };
}
