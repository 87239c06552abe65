import { createHosts, type Hosts } from "../breaker/hosts.ts";
import type { BrandSettings } from "../contract/brand-settings.ts";
import type { BrandCounter } from "../function/counter.ts";
import type { Telemetry } from "../function/lambda-function.ts";
import { brandLog, type Log } from "../function/log.ts";
import type { LineClient } from "../line/client.ts";
import type { BrandMedia } from "../media/media-dependencies.ts";
import { type ButtonTable, createButtonTable } from "../tables/button-table.ts";
import { type CustomerTable, createCustomerTable } from "../tables/customer-table.ts";
import { createQuoteTable, type QuoteTable } from "../tables/quote-table.ts";
import { createRefusedTable, type RefusedTable } from "../tables/refused-table.ts";
import { createSentTable, type SentTable } from "../tables/sent-table.ts";
import type { Table } from "../tables/table.ts";
import { createWayTable, type WayTable } from "../tables/way-table.ts";

/** One LINE account with its open integration in Genesys Cloud, and all that the bridge does for it. */
export interface Brand extends BrandCounter {
  /** Part of the webhooks' URLs. */
  key: string;
  settings: BrandSettings;
  line: LineClient;
  customers: CustomerTable;
  buttons: ButtonTable;
  quotes: QuoteTable;
  refused: RefusedTable;
  ways: WayTable;
  sent: SentTable;
  media: BrandMedia;
  /** Whether the platforms' hosts work for the brand. */
  hosts: Hosts;
  /** Each line names the brand. */
  log: Log;
}

export function createBrand(
  key: string,
  settings: BrandSettings,
  parts: { line: LineClient; media: BrandMedia; table: Table; telemetry: Telemetry },
): Brand {
  const { line, media, table, telemetry } = parts;
  const log = brandLog(telemetry.log, key);
  return {
    key,
    settings,
    line,
    customers: createCustomerTable(key, table),
    buttons: createButtonTable(key, table),
    quotes: createQuoteTable(key, table),
    refused: createRefusedTable(key, table),
    ways: createWayTable(key, table),
    sent: createSentTable(key, table),
    media,
    hosts: createHosts(key, table, log),
    log,
    ...telemetry.forBrand(key),
  };
}
