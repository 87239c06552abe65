import type { SQSRecord } from "aws-lambda";
import type { FindBrand } from "../shared/brand/find-brand.ts";
import { PermanentFailure } from "../shared/failures/failures.ts";
import { readInboundMessage } from "../shared/queue/queue-messages.ts";
import { type BatchEvent, createBatchCustomers } from "./batch-customers.ts";
import { toldBy } from "./remember-customer.ts";
import type { WorkerBrand } from "./worker-brand.ts";

/** The brands of one invocation, which know what its records tell of their customers. Throws as `findBrand` does. */
export function createBatchBrands(
  records: readonly SQSRecord[],
  findBrand: FindBrand<WorkerBrand>,
): FindBrand<WorkerBrand> {
  const found = new Map<string, WorkerBrand>();

  function batchBrand(key: string): WorkerBrand {
    const brand = findBrand(key);
    let events: Map<string, BatchEvent[]> | undefined;
    const eventsOf = (customer: string) => {
      events ??= eventsIn(records, brand);
      return events.get(customer) ?? [];
    };
    return { ...brand, customers: createBatchCustomers(brand.customers, eventsOf) };
  }

  return (key) => {
    const brand = found.get(key) ?? batchBrand(key);
    found.set(key, brand);
    return brand;
  };
}

/**
 * What the records tell of a brand's customers, by customer. One record, which is the usual number, is not read for
 * this.
 */
function eventsIn(
  records: readonly SQSRecord[],
  { key, settings }: WorkerBrand,
): Map<string, BatchEvent[]> {
  const events = new Map<string, BatchEvent[]>();
  if (records.length < 2) return events;
  for (const record of records) {
    const queued = messageOf(record);
    if (queued?.kind !== "line-event" || queued.brand !== key) continue;
    const { customer, told } = toldBy(queued, settings) ?? {};
    if (customer === undefined || told === undefined) continue;
    events.set(customer, [...(events.get(customer) ?? []), told]);
  }
  return events;
}

function messageOf(record: SQSRecord) {
  try {
    return readInboundMessage(record);
  } catch (error) {
    // Its own attempt parks it.
    if (error instanceof PermanentFailure) return undefined;
    throw error;
  }
}
