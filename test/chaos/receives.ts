import * as z from "zod";
import type { AwsResponse } from "../../lib/local/aws/aws-server.ts";
import type { InterfereWithAws } from "../../lib/local/aws/interfere-with-aws.ts";

/** What one receive gave a function of one group. */
export interface Receive {
  /** By the harness's clock, in ms. */
  at: number;
  /** De-duplication ids, in the queue's order. */
  ids: string[];
  /** Whether each of the messages says when it was written. */
  isTimed: boolean;
  /** The visibility timeout of some of it passes at work: a later receive may begin before this one is over. */
  isExposed: boolean;
}

/** Receives by de-duplication id, the first one first. */
export type Receives = Map<string, Receive[]>;

const received = z.object({
  Messages: z.array(
    z.object({
      ReceiptHandle: z.string(),
      Body: z.string(),
      Attributes: z.object({ MessageGroupId: z.string(), MessageDeduplicationId: z.string() }),
    }),
  ),
});
const written = z.object({
  event: z.object({ timestamp: z.number() }).optional(),
  message: z.object({ channel: z.object({ time: z.string().optional() }) }).optional(),
});

/** Notes what the event source mappings are given; all of that, and nothing else, is handed to the functions. */
export function noteReceives(
  { receives, exposed }: { receives: Receives; exposed: ReadonlySet<string> },
  interfere: InterfereWithAws,
): InterfereWithAws {
  return async (call, pass) => {
    const answer = await interfere(call, pass);
    if (call.isMapping && call.operation === "ReceiveMessage" && answer !== undefined) note(answer);
    return answer;
  };

  function note(answer: AwsResponse) {
    const messages = received.safeParse(JSON.parse(String(answer.body))).data?.Messages ?? [];
    const at = Date.now();
    for (const group of Map.groupBy(messages, (one) => one.Attributes.MessageGroupId).values()) {
      const ids = group.map(({ Attributes }) => Attributes.MessageDeduplicationId);
      const receive: Receive = {
        at,
        ids,
        isTimed: group.every(({ Body }) => isTimed(Body)),
        isExposed: group.some(({ ReceiptHandle }) => exposed.has(ReceiptHandle)),
      };
      for (const id of ids) {
        const earlier = receives.get(id);
        if (earlier === undefined) receives.set(id, [receive]);
        else earlier.push(receive);
      }
    }
  }
}

function isTimed(body: string): boolean {
  const { event, message } = written.parse(JSON.parse(body));
  return (event?.timestamp ?? message?.channel.time) !== undefined;
}
