import { ENV } from "../../../lambdas/shared/contract/environment-variables.ts";
import type { StackDefinition } from "./stack-definition.ts";

/** The URLs of the queues. */
export interface StackQueues {
  inbound: string;
  inboundDeadLetter: string;
  outbound: string;
  outboundDeadLetter: string;
}

/**
 * Finds the queues by the variables of the functions' environment. A dead-letter queue that no function
 * knows is found by the redrive policy of its queue. Throws when one is missing.
 */
export function stackQueues(definition: StackDefinition): StackQueues {
  const named = (variable: string) =>
    definition.functions
      .map(({ environment }) => environment[variable])
      .find((url) => definition.queues.some((queue) => queue.url === url));
  const deadLettersOf = (url: string) => {
    const source = definition.queues.find((queue) => queue.url === url);
    return definition.queues.find(({ arn }) => arn === source?.deadLetterQueueArn)?.url;
  };
  const required = (variable: string, url: string | undefined) => {
    if (url === undefined) throw new Error(`no function has the queue's URL as ${variable}`);
    return url;
  };

  const inbound = required(ENV.inboundQueueUrl, named(ENV.inboundQueueUrl));
  const outbound = required(ENV.outboundQueueUrl, named(ENV.outboundQueueUrl));
  return {
    inbound,
    inboundDeadLetter: required(
      ENV.inboundDeadLetterQueueUrl,
      named(ENV.inboundDeadLetterQueueUrl) ?? deadLettersOf(inbound),
    ),
    outbound,
    outboundDeadLetter: required(
      ENV.outboundDeadLetterQueueUrl,
      named(ENV.outboundDeadLetterQueueUrl) ?? deadLettersOf(outbound),
    ),
  };
}
