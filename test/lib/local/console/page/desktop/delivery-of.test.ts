import { deliveryOf } from "../../../../../../lib/local/console/page/desktop/delivery-of.ts";
import { deskMessage } from "./desk-message.ts";

const receipt = (status: string, reasons: { code?: string; message: string }[] = []) => ({
  id: "m",
  at: 0,
  toId: "U",
  status,
  reasons,
});
const outbound = (change: object) => deskMessage({ direction: "Outbound", ...change });

it.each([
  ["is being sent", {}, { icon: "…", state: "sending" }],
  [
    "has been taken by the bridge",
    { webhook: { status: 200, attempts: 1 } },
    { icon: "✓", state: "sent" },
  ],
  [
    "has a receipt before the webhook's end",
    { status: "Delivered" },
    { icon: "✓✓", state: "delivered" },
  ],
  ["is published", { status: "Published" }, { icon: "✓✓", state: "published" }],
  ["is removed", { status: "Removed" }, { icon: "⊘", state: "removed" }],
  ["has a receipt that nobody knows", { status: "Frozen" }, { icon: "?", state: "Frozen" }],
])("says that a message %s", (_, change, shown) => {
  expect(deliveryOf(outbound(change), [])).toEqual({ ...shown, isBad: false, reason: undefined });
});

it("says why a message failed, by its newest receipt", () => {
  const receipts = [
    receipt("Delivered"),
    { ...receipt("Failed", [{ message: "of another message" }]), id: "other" },
    receipt("Failed", [{ code: "RecipientOptedOut", message: "Blocked." }, { message: "Gone." }]),
  ];
  expect(deliveryOf(outbound({ status: "Failed" }), receipts)).toEqual({
    icon: "⚠",
    state: "failed",
    isBad: true,
    reason: "Blocked. (RecipientOptedOut) · Gone.",
  });
});

it.each([
  [{ status: 401, attempts: 1 }, "The bridge answered 401 (1 try)."],
  [{ status: 0, attempts: 6 }, "The bridge did not answer (6 tries)."],
])("says how the webhook failed: %j", (webhook, reason) => {
  const message = outbound({ status: "Failed", webhook });
  expect(deliveryOf(message, [])).toMatchObject({ state: "failed", reason });
});
