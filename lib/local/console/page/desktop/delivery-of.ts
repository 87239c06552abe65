import type { DeskMessage, PageState } from "../wire.ts";

type Receipt = PageState["receipts"][number];

/** How far an agent's message has come. The icon says it without colour. */
export interface Delivery {
  icon: string;
  state: string;
  isBad: boolean;
  /** Why it failed. */
  reason: string | undefined;
}

const SENDING = { icon: "…", state: "sending" };
const SENT = { icon: "✓", state: "sent" };

/** What Open Messaging's receipts say, and what the bridge means by it. */
const RECEIPTS: Record<string, { icon: string; state: string }> = {
  Sent: SENT,
  Delivered: { icon: "✓✓", state: "delivered" },
  Published: { icon: "✓✓", state: "published" },
  Removed: { icon: "⊘", state: "removed" },
};

/** The state of an agent's message, by its receipts and by its webhook where there is none yet. */
export function deliveryOf(message: DeskMessage, receipts: readonly Receipt[]): Delivery {
  const { id, status, webhook } = message;
  if (status === "Failed") {
    const reasons = receipts.findLast((one) => one.id === id)?.reasons ?? [];
    const words = reasons.map(({ code, message: why }) => [why, code && `(${code})`].join(" "));
    const reason = words.join(" · ").trim() || webhookFault(webhook);
    return { icon: "⚠", state: "failed", isBad: true, reason };
  }
  if (status !== undefined) {
    const { icon, state } = RECEIPTS[status] ?? { icon: "?", state: status };
    return { icon, state, isBad: false, reason: undefined };
  }
  return { ...(webhook ? SENT : SENDING), isBad: false, reason: undefined };
}

function webhookFault(webhook: DeskMessage["webhook"]): string {
  if (webhook === undefined) return "Genesys Cloud was told of no reason.";
  const { status, attempts } = webhook;
  const answer = status === 0 ? "did not answer" : `answered ${status}`;
  return `The bridge ${answer} (${attempts} ${attempts === 1 ? "try" : "tries"}).`;
}
