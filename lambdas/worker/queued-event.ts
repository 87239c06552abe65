import type { WebhookEvent } from "../shared/line/webhook-event.ts";
import type { Attempt } from "../shared/queue/attempt.ts";
import type { WorkerBrand } from "./worker-brand.ts";

/** A LINE event from the queue. */
export interface QueuedEvent {
  brand: WorkerBrand;
  event: WebhookEvent;
  attempt: Attempt;
  /** When the event's webhook has arrived, in ms; undefined where that is not known. */
  receivedAt?: number | undefined;
}
