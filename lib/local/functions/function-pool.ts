import { availableParallelism } from "node:os";
import type { OnLog } from "../log-line.ts";
import type { FunctionDefinition } from "../template/function-definition.ts";
import { createFairLine } from "./fair-line.ts";
import { type FunctionInstance, startInstance } from "./function-instance.ts";
import type { InvocationError, InvocationResult } from "./function-messages.ts";

export interface FunctionPoolOptions {
  definition: FunctionDefinition;
  /** The whole environment of the processes. */
  environment: Record<string, string>;
  /** Invocations beyond that wait for a free process. */
  maxProcesses: number;
  /** By how much the processes leave the processor to others, see `os.setPriority` (default 0). */
  niceness?: number;
  onLog: OnLog;
}

export interface FunctionPool {
  /** Starts the first process before its first event; resolves with the error if it cannot start. */
  warmUp(): Promise<InvocationError | undefined>;
  /**
   * Handles the event in a process that handles nothing else meanwhile. When events have to wait for one,
   * their callers are served in turn, and what nobody wants any more is left out. Never rejects.
   */
  invoke(event: unknown, caller?: Caller): Promise<InvocationResult>;
  /** Kills the present processes, whatever they are doing; new ones start when they are needed. */
  crash(): Promise<void>;
  /**
   * Stops all processes where they are, or lets them go on. Meanwhile none starts, and further events wait. One that
   * is killed for its time limit meanwhile has a successor when the others go on.
   */
  halt(isHalted: boolean): void;
  /** Kills all processes; what they are working on fails. */
  close(): Promise<void>;
}

/** Who invokes a function. */
export interface Caller {
  name: string;
  /** Whether the result is still waited for. Lambda never lets an event wait, so there nothing is left out. */
  isWaiting?: () => boolean;
}

/**
 * Processes that start at the same time, at most: on a busy machine all at once would take longer than an
 * initialization may, and those that start in their place, too.
 */
const STARTING = availableParallelism();

const GIVEN_UP: InvocationResult = {
  ok: false,
  error: { errorType: "Runtime.GivenUp", errorMessage: "nobody waited for it", stackTrace: [] },
};

const CLOSED: InvocationResult = {
  ok: false,
  error: { errorType: "Runtime.Closed", errorMessage: "the run has ended", stackTrace: [] },
};

/** Runs a function in as many processes as are needed at a time, and replaces those that end. */
export function createFunctionPool(options: FunctionPoolOptions): FunctionPool {
  const { definition, environment, maxProcesses, niceness = 0, onLog } = options;
  const instances = new Set<FunctionInstance>();
  const idle: FunctionInstance[] = [];
  const ending = new Set<Promise<void>>();
  const waiting = createFairLine<(instance: FunctionInstance | undefined) => void>();
  let closed = false;
  let halted = false;
  let starting = 0;

  const mayStart = () => !closed && !halted && starting < STARTING && instances.size < maxProcesses;

  /** Whoever waits longest gets the process that is free first, be it this one or one that has handled something else. */
  const start = () => {
    const instance = startInstance(definition, environment, niceness, onLog);
    instances.add(instance);
    starting += 1;
    void instance.ready.then((error) => {
      starting -= 1;
      // Its answer says why it could not start.
      if (error !== undefined) waiting.next()?.(instance);
      release(instance);
      grow();
    });
    return instance;
  };

  const grow = () => {
    while (mayStart() && waiting.size() > starting) start();
  };

  const retire = (instance: FunctionInstance) => {
    instances.delete(instance);
    const end = instance.kill().finally(() => ending.delete(end));
    ending.add(end);
  };

  const acquire = async (caller = ""): Promise<FunctionInstance | undefined> => {
    if (closed) return undefined;
    // The process used last comes first, as on Lambda; the others may have ended in the meantime.
    for (let instance = halted ? undefined : idle.pop(); instance; instance = idle.pop()) {
      if (instance.alive()) return instance;
      retire(instance);
    }
    const free = new Promise<FunctionInstance | undefined>((resolve) => {
      waiting.add(caller, resolve);
    });
    grow();
    return free;
  };

  const release = (instance: FunctionInstance) => {
    if (!instance.alive()) {
      retire(instance);
      return grow();
    }
    const next = halted ? undefined : waiting.next();
    if (next === undefined) idle.push(instance);
    else next(closed ? undefined : instance);
  };

  return {
    async warmUp() {
      return start().ready;
    },

    async invoke(event, caller) {
      const instance = await acquire(caller?.name);
      if (instance === undefined) return CLOSED;
      const isWanted = caller?.isWaiting?.() ?? true;
      const result = isWanted ? await instance.invoke(event) : GIVEN_UP;
      release(instance);
      return result;
    },

    async crash() {
      await Promise.all([...instances].map((instance) => instance.kill()));
    },

    halt(isHalted) {
      halted = isHalted;
      for (const instance of instances) instance.halt(isHalted);
      if (halted) return;
      // Those who came meanwhile have their turn, on the processes that are idle.
      for (const instance of idle.splice(0)) release(instance);
      grow();
    },

    async close() {
      closed = true;
      for (let next = waiting.next(); next !== undefined; next = waiting.next()) next(undefined);
      await Promise.all([...ending, ...[...instances].map((instance) => instance.kill())]);
    },
  };
}
