import { CLOSED } from "../../lambdas/shared/breaker/breaker-state.ts";
import { createBreakerTable } from "../../lambdas/shared/breaker/breaker-table.ts";
import { createFailureTable } from "../../lambdas/shared/queue/failure-table.ts";
import { createButtonTable } from "../../lambdas/shared/tables/button-table.ts";
import { createCustomerTable } from "../../lambdas/shared/tables/customer-table.ts";
import { createErasureTable } from "../../lambdas/shared/tables/erasure-table.ts";
import { createQuoteTable } from "../../lambdas/shared/tables/quote-table.ts";
import { createRefusedTable } from "../../lambdas/shared/tables/refused-table.ts";
import { createSentTable } from "../../lambdas/shared/tables/sent-table.ts";
import type { Table } from "../../lambdas/shared/tables/table.ts";
import { createWayTable } from "../../lambdas/shared/tables/way-table.ts";
import { createDeliveryTable } from "../../lambdas/worker/delivery-table.ts";
import { createBudgetTable } from "../../lambdas/worker/genesys/budget-table.ts";
import { keepRecord } from "../../lib/operator/dead-letters/discard-record.ts";

/** An item that the bridge writes: its key, and for how long after the last write it is kept. */
export interface StoredItem {
  key: string;
  hours: number;
}

const NOW = 1_795_392_000_000;

/** Each kind of item of the market's table, written by its own code; several where one is kept for several times. */
export async function storedItems(): Promise<StoredItem[]> {
  const items: StoredItem[] = [];
  const documents = {
    send: ({ input }: { input: Write }) => {
      items.push(itemOf(input));
      return Promise.resolve({ Attributes: { failures: 1 } });
    },
  };
  const table = { documents, name: "table", now: () => NOW } as unknown as Table;
  const [brand, message] = ["<brand>", "<Genesys message>"];
  const customers = createCustomerTable(brand, table);
  await customers.named("<customer>", { displayName: "" });
  await customers.heardFrom("<customer>", [{ at: NOW }]);
  await customers.blocked("<customer>", NOW);
  const quotable = { messageId: "<LINE message>", text: "", writtenAt: NOW };
  await createQuoteTable(brand, table).keep("<customer>", quotable);
  await createButtonTable(brand, table).put(message, []);
  await createRefusedTable(brand, table).put(message, [1], []);
  await createSentTable(brand, table).add(message, [1], 2);
  await createWayTable(brand, table).decide(message, { way: "push", isUnclear: false });
  const deliveries = createDeliveryTable(brand, table);
  const part = { webhookEventId: "<LINE event>", part: 1 };
  await deliveries.claim(part, NOW);
  await deliveries.delivered({ ...part, parts: 1 });
  await createErasureTable(table).erased("<start of the media's keys>");
  await createFailureTable(table).add("<queue message>");
  await createBudgetTable(table, 300).pause("<OAuth client>", NOW);
  await createBreakerTable(brand, table).write("<host>", { state: CLOSED, version: 0 }, CLOSED);
  await keepRecord(table.documents, table.name, {
    ...{
      id: "<letter>",
      queue: "inbound",
      brand,
      reason: "none",
      kind: "text",
      by: "",
      because: "",
    },
    ...{ at: new Date(NOW).toISOString(), parkedAt: "" },
  } as Parameters<typeof keepRecord>[2]);
  return items;
}

interface Write {
  Item?: { pk: string; expiresAt: number };
  Key?: { pk: string };
  ExpressionAttributeValues?: Record<string, number>;
}

function itemOf({ Item, Key, ExpressionAttributeValues = {} }: Write): StoredItem {
  const key = Item?.pk ?? Key?.pk;
  const expiresAt = Item?.expiresAt ?? ExpressionAttributeValues[":expiresAt"];
  if (key === undefined || expiresAt === undefined) throw new Error("a write that never expires");
  return { key, hours: Math.round((expiresAt * 1_000 - NOW) / 3_600_000) };
}
