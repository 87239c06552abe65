import type { SQSRecord } from "aws-lambda";
import type { FindBrand } from "../shared/brand/find-brand.ts";
import { PermanentFailure } from "../shared/failures/failures.ts";
import { readInboundMessage } from "../shared/queue/queue-messages.ts";
import { carriedParts, type SentParts } from "../shared/queue/sent-parts.ts";
import type { WorkerBrand } from "./worker-brand.ts";

/** Which parts of a record's event Genesys Cloud has accepted. Throws when DynamoDB cannot be reached. */
export async function deliveredSoFar(
  record: SQSRecord,
  findBrand: FindBrand<WorkerBrand>,
): Promise<SentParts | undefined> {
  const carried = carriedParts(record);
  const found = eventOf(record, findBrand);
  if (found === undefined) return carried;
  const { brand, webhookEventId } = found;
  return brand.deliveries.sentParts(webhookEventId, carried);
}

/** Undefined where nothing can have been sent in parts: the record is no event, or its brand is gone. */
function eventOf(
  record: SQSRecord,
  findBrand: FindBrand<WorkerBrand>,
): { brand: WorkerBrand; webhookEventId: string } | undefined {
  try {
    const queued = readInboundMessage(record);
    if (queued.kind !== "line-event") return undefined;
    return { brand: findBrand(queued.brand), webhookEventId: queued.event.webhookEventId };
  } catch (error) {
    if (error instanceof PermanentFailure) return undefined;
    throw error;
  }
}
