import { createFindMessageFaults } from "../../../../lambdas/shared/contract/line-rules/message-faults.ts";
import { LineRefusal, refuseBody } from "./refusal.ts";

/**
 * Checks message objects as LINE does (see `FindMessageFaults`).
 * @throws {LineRefusal} 400
 */
export type CheckMessages = (messages: unknown[], to?: string) => void;

/** @param exempt origins that may serve media although they are not https; read at every check */
export function createMessageRules(exempt: ReadonlySet<string>): CheckMessages {
  const findFaults = createFindMessageFaults(exempt);
  return (messages, to) => {
    const found = findFaults(messages, to);
    if (found === undefined) return;
    const details = found.faults.map(({ message, property }) => ({ message, property }));
    if (found.index === undefined) throw refuseBody(details);
    throw new LineRefusal(
      400,
      `A message (messages[${found.index}]) in the request body is invalid`,
      details,
    );
  };
}
