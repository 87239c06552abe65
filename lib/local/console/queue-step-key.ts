import { brandOfGroup } from "../../../lambdas/shared/contract/group-ids.ts";
import type { QueueStep } from "../functions/event-source.ts";
import type { WayKey } from "./message-way.ts";

/**
 * The way that a message in a queue belongs to. Before the business key may stand what the message is, for example a
 * receipt.
 */
export function queueStepKey({ service, groupId, deduplicationId }: QueueStep): WayKey {
  const isReceipt = groupId.includes("#receipt#");
  return {
    brand: brandOfGroup(groupId),
    correlationId: deduplicationId.split("#").at(-1) ?? "",
    from: service.startsWith("outbound") || isReceipt ? "Genesys" : "LINE",
  };
}
