import type { Brand } from "../shared/brand/brand.ts";
import type { LineContent } from "../shared/line/content-client.ts";
import type { DeliveryTable } from "./delivery-table.ts";
import type { GenesysClient } from "./genesys/client.ts";

/** A brand with what the worker alone uses. */
export interface WorkerBrand extends Brand {
  genesys: GenesysClient;
  /** What customers send, at LINE. */
  content: LineContent;
  deliveries: DeliveryTable;
}
