import type { SQSRecord } from "aws-lambda";
import type { Brand } from "../../shared/brand/brand.ts";
import type { FindBrand } from "../../shared/brand/find-brand.ts";
import { PermanentFailure } from "../../shared/failures/failures.ts";
import { receivesOf } from "../../shared/queue/backoff.ts";
import { readOutboundMessage } from "../../shared/queue/queue-messages.ts";
import { type BatchTable, createBatchTable, type Wanted } from "./batch-table.ts";
import { mayHaveBeenTried } from "./unknown-outcome.ts";

/** A brand in one invocation. */
export interface BatchBrand extends Brand, Pick<BatchTable, "read"> {}

/**
 * The brands of one invocation, which read together what its records need to know. Throws as `findBrand` does. `now`
 * in ms.
 */
export function createBatchBrands(
  records: readonly SQSRecord[],
  findBrand: FindBrand<Brand>,
  now: () => number,
): FindBrand<BatchBrand> {
  const found = new Map<string, BatchBrand>();

  function batchBrand(key: string): BatchBrand {
    const brand = findBrand(key);
    return { ...brand, ...createBatchTable(brand, () => wantedBy(records, brand), now) };
  }

  return (key) => {
    const brand = found.get(key) ?? batchBrand(key);
    found.set(key, brand);
    return brand;
  };
}

/** Whether it matters how a record's message has gone out: a first push goes out as nothing has before. */
export function isWayWanted(
  { reply }: Brand["settings"],
  attempt: Parameters<typeof mayHaveBeenTried>[0],
): boolean {
  return reply === "reply-first" || mayHaveBeenTried(attempt);
}

/**
 * What a brand's records need to know, by their ids in the queue. One record, which is the usual number, is not read
 * for this.
 */
function wantedBy(
  records: readonly SQSRecord[],
  { key, settings }: Pick<Brand, "key" | "settings">,
): Map<string, Wanted> {
  const wanted = new Map<string, Wanted>();
  if (records.length < 2) return wanted;
  for (const record of records) {
    const queued = messageOf(record);
    if (queued?.brand !== key) continue;
    if (queued.kind === "typing") {
      wanted.set(record.messageId, { to: queued.to });
      continue;
    }
    const { id, channel } = queued.message;
    const isWay = isWayWanted(settings, { record, receives: receivesOf(record) });
    wanted.set(record.messageId, { to: channel.to.id, ...(isWay && { id }) });
  }
  return wanted;
}

function messageOf(record: SQSRecord) {
  try {
    return readOutboundMessage(record);
  } catch (error) {
    // Its own attempt parks it.
    if (error instanceof PermanentFailure) return undefined;
    throw error;
  }
}
