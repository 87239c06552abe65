import type { OnLog } from "../log-line.ts";
import type { StackDefinition } from "../template/stack-definition.ts";
import { startEventSource } from "./event-source.ts";
import { startSchedule } from "./schedule.ts";
import { consumerProcesses, type ProcessLimits, type StackFunctions } from "./stack-functions.ts";

/** Starts what calls functions besides the gateway: queues and schedules. `onClose` gets what ends them. */
export function startTriggers(options: {
  definition: StackDefinition;
  functions: StackFunctions;
  sqsUrl: string;
  processes: ProcessLimits;
  onLog: OnLog;
  onClose: (end: () => Promise<void>) => void;
}): void {
  const { definition, functions, sqsUrl, processes, onLog, onClose } = options;
  const { region } = definition;
  for (const source of definition.eventSources) {
    const eventSource = startEventSource({
      definition: source,
      region,
      sqsUrl,
      maxConcurrency: consumerProcesses(source, processes),
      invoke: (event) => functions.invoke(source.function.service, event),
      onLog,
    });
    onClose(() => eventSource.stop());
  }
  for (const { function: target, milliseconds } of definition.schedules) {
    const { service } = target;
    const invoke = (event: unknown) => functions.invoke(service, event);
    const schedule = startSchedule({ milliseconds, region, service, invoke, onLog });
    onClose(async () => schedule.stop());
  }
}
