import type { Brand } from "../shared/brand/brand.ts";
import type { LineContent } from "../shared/line/content-client.ts";
import type { SendFifo } from "../shared/queue/send-fifo.ts";
import type { ErasureTable } from "../shared/tables/erasure-table.ts";
import type { DeliveryTable } from "./delivery-table.ts";
import type { GenesysClient } from "./genesys/client.ts";

/** A brand with what the worker alone uses. */
export interface WorkerBrand extends Brand {
  genesys: GenesysClient;
  /** What customers send, at LINE. */
  content: LineContent;
  deliveries: DeliveryTable;
  erasures: ErasureTable;
  /** Stores messages in the brand's inbound queue. */
  enqueue: SendFifo;
}
