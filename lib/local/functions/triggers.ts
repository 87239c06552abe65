import type { OnLog } from "../log-line.ts";
import type { StackDefinition } from "../template/stack-definition.ts";
import { createBatchSlots } from "./batch-slots.ts";
import { type OnQueueStep, startEventSource } from "./event-source.ts";
import { startSchedule } from "./schedule.ts";
import { type ProcessLimits, type StackFunctions, sharedProcesses } from "./stack-functions.ts";

/** Starts what calls functions besides the gateway: queues and schedules. `onClose` gets what ends them. */
export function startTriggers(options: {
  definition: StackDefinition;
  functions: StackFunctions;
  sqsUrl: string;
  processes: ProcessLimits;
  onLog: OnLog;
  onStep: OnQueueStep;
  onClose: (end: () => Promise<void>) => void;
}): void {
  const { definition, functions, sqsUrl, processes, onLog, onStep, onClose } = options;
  const { region } = definition;
  const byFunction = Map.groupBy(definition.eventSources, (source) => source.function.service);
  for (const [service, sources] of byFunction) {
    const slots = createBatchSlots(sharedProcesses(sources, processes));
    for (const source of sources) {
      const eventSource = startEventSource({
        definition: source,
        region,
        sqsUrl,
        takeSlot: slots.ofQueue(source.maximumConcurrency ?? Number.POSITIVE_INFINITY),
        // No queue waits behind the batches of another while processes start.
        invoke: (event) => functions.invoke(service, event, { name: source.queue.arn }),
        onLog,
        onStep,
      });
      onClose(() => eventSource.stop());
    }
  }
  for (const { function: target, milliseconds } of definition.schedules) {
    const { service } = target;
    const invoke = (event: unknown) => functions.invoke(service, event);
    const schedule = startSchedule({ milliseconds, region, service, invoke, onLog });
    onClose(async () => schedule.stop());
  }
}
