import type { Direction } from "../../../lambdas/shared/contract/queue-names.ts";

/** How many messages a queue holds, as SQS counts them. */
interface QueueState {
  waiting: number;
  /** Handed out: being worked on, or waiting for the next try. */
  inFlight: number;
}

/** How full the queues of a run are. */
export interface QueuesState {
  /** By the brand's key. */
  brands: Record<string, Record<Direction, QueueState>>;
  /** The dead letters of all brands. */
  deadLetters: Record<Direction, number>;
}

/** What is known of a dead letter, without what anybody wrote, and the command that puts it and those like it back. */
export interface DeadLetter {
  /** SQS's id. */
  id: string;
  queue: Direction;
  brand: string;
  reason: string;
  kind: string;
  correlationId?: string | undefined;
  /** ISO 8601. */
  parkedAt: string;
  command: string;
}
