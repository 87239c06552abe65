import type { OnLog } from "../log-line.ts";
import type { FunctionDefinition } from "../template/function-definition.ts";
import type { EventSourceDefinition, StackDefinition } from "../template/stack-definition.ts";
import { type AwsEndpoints, functionEnvironment } from "./function-environment.ts";
import type { InvocationResult } from "./function-messages.ts";
import { type Caller, createFunctionPool, type FunctionPool } from "./function-pool.ts";

const WEBHOOK_PROCESSES = 2;

/** Beyond one for each queue: as many batches of one queue at a time as Lambda runs at 300 requests a minute. */
const SHARED_PROCESSES = 3;

/**
 * Most processes of one function, which start when they are needed: behind a route (default 2), behind
 * queues (default 3 more than queues; never fewer than queues).
 */
export interface ProcessLimits {
  webhook?: number;
  consumer?: number;
  /**
   * By how much the processes of functions that answer nobody leave the processor to the others, see `os.setPriority`
   * (default 0). On Lambda none takes it from another.
   */
  niceness?: number;
}

/** The functions of a stack, by their short names. */
export interface StackFunctions {
  /** Starts one process of each function that a route or a queue calls. */
  warmUp(): Promise<void>;
  /**
   * Throws for a name that the template does not have; what the function does never rejects. Callers are
   * served in turn when all processes are busy.
   */
  invoke(service: string, event: unknown, caller?: Caller): Promise<InvocationResult>;
  /** Kills the processes of a function at this moment, whatever they are doing. */
  crash(service: string): Promise<void>;
  /** Stops the processes of a function where they are, or lets them go on; meanwhile none starts. */
  halt(service: string, isHalted: boolean): void;
  /** Kills all processes; what they are working on fails. */
  close(): Promise<void>;
}

/** Runs a stack's functions in processes of their own, which start when they are needed. */
export function createStackFunctions(options: {
  definition: StackDefinition;
  aws: AwsEndpoints;
  /** Values for variables that the template's functions already have. */
  environment: Record<string, string>;
  processes: ProcessLimits;
  onLog: OnLog;
}): StackFunctions {
  const { definition, aws, environment, processes, onLog } = options;
  const poolFor = (fn: FunctionDefinition): FunctionPool => {
    const sources = definition.eventSources.filter((candidate) => candidate.function === fn);
    const isBehindRoute = definition.routes.some((route) => route.function === fn);
    return createFunctionPool({
      definition: fn,
      environment: functionEnvironment(fn, definition.region, aws, environment),
      maxProcesses:
        sources.length === 0
          ? (processes.webhook ?? WEBHOOK_PROCESSES)
          : sources.length + sharedProcesses(sources, processes),
      niceness: isBehindRoute ? 0 : (processes.niceness ?? 0),
      onLog,
    });
  };
  const pools = new Map(definition.functions.map((fn) => [fn.service, poolFor(fn)]));
  const poolOf = (service: string): FunctionPool => {
    const pool = pools.get(service);
    if (pool === undefined) throw new Error(`the template has no function ${service}`);
    return pool;
  };

  return {
    async warmUp() {
      const triggers = [...definition.routes, ...definition.eventSources];
      const services = new Set(triggers.map((trigger) => trigger.function.service));
      await Promise.all([...services].map((service) => poolOf(service).warmUp()));
    },
    invoke: (service, event, caller) => poolOf(service).invoke(event, caller),
    crash: (service) => poolOf(service).crash(),
    halt: (service, isHalted) => poolOf(service).halt(isHalted),
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.close()));
    },
  };
}

/** How many processes the queues of one function share, beyond one for each queue. */
export function sharedProcesses(
  sources: EventSourceDefinition[],
  { consumer = sources.length + SHARED_PROCESSES }: ProcessLimits,
): number {
  return Math.max(0, consumer - sources.length);
}
