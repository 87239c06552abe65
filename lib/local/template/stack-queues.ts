import { ENV } from "../../../lambdas/shared/contract/environment-variables.ts";
import type { StackDefinition } from "./stack-definition.ts";

/** The URLs of the queues that all brands share. */
export interface StackQueues {
  inboundDeadLetter: string;
  outboundDeadLetter: string;
}

/** Finds the queues by the variables of the functions' environment. Throws when one is missing. */
export function stackQueues({ functions, queues }: StackDefinition): StackQueues {
  const named = (variable: string): string => {
    const url = functions
      .map(({ environment }) => environment[variable])
      .find((value) => queues.some((queue) => queue.url === value));
    if (url === undefined) throw new Error(`no function has the queue's URL as ${variable}`);
    return url;
  };
  return {
    inboundDeadLetter: named(ENV.inboundDeadLetterQueueUrl),
    outboundDeadLetter: named(ENV.outboundDeadLetterQueueUrl),
  };
}

/** The URL of the queue with this name. Throws when the template has none. */
export function queueNamed(name: string, { queues }: StackDefinition): string {
  const queue = queues.find((each) => each.name === name);
  if (queue === undefined) throw new Error(`the template has no queue ${name}`);
  return queue.url;
}
