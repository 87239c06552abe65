import type { FindBrand } from "../shared/brand/find-brand.ts";
import type { QueueHandler } from "../shared/function/lambda-function.ts";
import type { Consume } from "../shared/queue/consume-fifo.ts";
import { lineEventTime, readInboundMessage } from "../shared/queue/queue-messages.ts";
import { createBatchBrands } from "./batch-brands.ts";
import { deliveredSoFar } from "./delivered-so-far.ts";
import { sendReceipt } from "./send-receipt.ts";
import { type TakeEventDependencies, takeEvent } from "./take-event.ts";
import { takeMedia } from "./take-media.ts";
import type { WorkerBrand } from "./worker-brand.ts";

export interface WorkerDependencies extends TakeEventDependencies {
  findBrand: FindBrand<WorkerBrand>;
  consume: Consume;
}

/** Consumes the inbound queues: translates LINE events and posts them, and receipts, to Genesys Cloud. */
export function createHandler(deps: WorkerDependencies): QueueHandler {
  return (event, context) => {
    const findBrand = createBatchBrands(event.Records, deps.findBrand);
    return deps.consume(event.Records, context.getRemainingTimeInMillis(), {
      async attempt(attempt) {
        const queued = readInboundMessage(attempt.record);
        const brand = findBrand(queued.brand);
        switch (queued.kind) {
          case "receipt":
            return sendReceipt(queued.receipt, brand, attempt, deps.now());
          case "media":
            return takeMedia({ brand, event: queued.event, attempt }, deps);
          case "line-event":
            return takeEvent({ ...queued, brand, attempt }, deps);
        }
      },
      timeOf: lineEventTime,
      sentParts: (record) => deliveredSoFar(record, deps.findBrand),
    });
  };
}
