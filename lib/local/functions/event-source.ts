import { setTimeout as delay } from "node:timers/promises";
import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import * as z from "zod";
import type { OnLog } from "../log-line.ts";
import type { EventSourceDefinition } from "../template/stack-definition.ts";
import type { TakeSlot } from "./batch-slots.ts";
import { accessKeyOf } from "./function-environment.ts";
import type { InvocationResult } from "./function-messages.ts";
import { sqsEvent } from "./sqs-event.ts";

/** SQS's longest wait; stopping aborts it. */
const WAIT_SECONDS = 20;

/** While another queue of the function may be waiting for the slot. */
const SHORT_WAIT_SECONDS = 1;

/** Pause after the queue could not be read. */
const ERROR_PAUSE_MS = 1_000;

/** How long stopping waits for batches that are being worked on. */
const STOP_GRACE_MS = 500;

export interface EventSourceOptions {
  definition: EventSourceDefinition;
  region: string;
  sqsUrl: string;
  /** The slots of this queue: as many batches are worked on at a time. */
  takeSlot: TakeSlot;
  invoke(event: unknown): Promise<InvocationResult>;
  onLog: OnLog;
  onStep?: OnQueueStep;
}

/** What has become of a message in a function's queue. */
export interface QueueStep {
  at: number;
  /** The function's short name. */
  service: string;
  /** SQS has handed it out; it is deleted; the function has failed or given it back, and it waits for the next try. */
  what: "taken" | "deleted" | "kept";
  groupId: string;
  deduplicationId: string;
  /** How often SQS has handed it out. */
  receives: number;
}

export type OnQueueStep = (step: QueueStep) => void;

export interface EventSource {
  /** Resolves within a second; batches that take longer are given up and come back later. */
  stop(): Promise<void>;
}

/**
 * Feeds a function from a queue as Lambda's event source mapping does: deletes the messages that
 * succeeded; the others come back after their visibility timeout.
 */
export function startEventSource(options: EventSourceOptions): EventSource {
  const { definition, region, sqsUrl, takeSlot, invoke, onLog, onStep = () => undefined } = options;
  const { queue, batchSize } = definition;
  const { service } = definition.function;
  const log = (text: string) => onLog({ source: service, stream: "platform", text });
  const client = new SQSClient({
    region,
    endpoint: sqsUrl,
    // On AWS the mapping also reads and deletes with the permissions of the function's role.
    credentials: { accessKeyId: accessKeyOf(service), secretAccessKey: "local" },
  });
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();

  const tell = (what: QueueStep["what"], messages: Message[]) => {
    for (const message of messages) onStep(queueStep(service, what, message));
  };

  const handle = async (messages: Message[]): Promise<void> => {
    tell("taken", messages);
    const result = await invoke(sqsEvent(messages, queue, region));
    const failed = failedIds(result, messages, definition.reportsBatchItemFailures);
    if (failed === undefined) {
      log(`a batch of ${messages.length} failed as a whole; it comes back`);
      tell("kept", messages);
      return;
    }
    const done = messages.filter(({ MessageId }) => MessageId && !failed.has(MessageId));
    tell(
      "kept",
      messages.filter((message) => !done.includes(message)),
    );
    if (done.length === 0) return;
    const answer = await client.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queue.url,
        Entries: done.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle })),
      }),
    );
    for (const { Message: reason } of answer.Failed ?? []) log(`cannot delete: ${reason}`);
    tell("deleted", done);
  };

  const poll = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const slot = await takeSlot();
      let isWorking = false;
      try {
        const { Messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl: queue.url,
            MaxNumberOfMessages: batchSize,
            WaitTimeSeconds: slot.isShared ? SHORT_WAIT_SECONDS : WAIT_SECONDS,
            MessageSystemAttributeNames: ["All"],
            MessageAttributeNames: ["All"],
          }),
          { abortSignal: stopping.signal },
        );
        if (Messages.length === 0) continue;
        const batch = handle(Messages)
          .catch((error: unknown) => log(`a batch was not finished: ${String(error)}`))
          .finally(() => {
            running.delete(batch);
            slot.release();
          });
        running.add(batch);
        isWorking = true;
      } catch (error) {
        if (stopping.signal.aborted) return;
        log(`cannot read ${queue.name}: ${String(error)}`);
        await delay(ERROR_PAUSE_MS, undefined, { signal: stopping.signal }).catch(() => {});
      } finally {
        if (!isWorking) slot.release();
      }
    }
  };
  const polling = poll();

  return {
    async stop() {
      stopping.abort();
      const grace = new AbortController();
      await Promise.race([
        Promise.all([polling, ...running]),
        delay(STOP_GRACE_MS, undefined, { signal: grace.signal }).catch(() => {}),
      ]);
      grace.abort();
      client.destroy();
    },
  };
}

function queueStep(
  service: string,
  what: QueueStep["what"],
  { Attributes = {} }: Message,
): QueueStep {
  return {
    at: Date.now(),
    service,
    what,
    groupId: Attributes.MessageGroupId ?? "",
    deduplicationId: Attributes.MessageDeduplicationId ?? "",
    receives: Number(Attributes.ApproximateReceiveCount),
  };
}

const report = z
  .object({
    batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).nullish(),
  })
  .nullable();

/**
 * Ids of the messages that failed; undefined when all did. A report that names an unknown message
 * or has another shape fails the whole batch:
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
function failedIds(
  result: InvocationResult,
  messages: Message[],
  reportsFailures: boolean,
): Set<string> | undefined {
  if (!result.ok) return undefined;
  if (!reportsFailures) return new Set();
  const parsed = report.safeParse(result.payload);
  if (!parsed.success) return undefined;
  const ids = (parsed.data?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier);
  const known = new Set(messages.map(({ MessageId }) => MessageId));
  return ids.every((id) => known.has(id)) ? new Set(ids) : undefined;
}
