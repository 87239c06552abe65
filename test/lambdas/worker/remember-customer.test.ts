import type { BrandSettings } from "../../../lambdas/shared/contract/brand-settings.ts";
import {
  type WebhookEvent,
  webhookEventSchema,
} from "../../../lambdas/shared/line/webhook-event.ts";
import type { Customer } from "../../../lambdas/shared/tables/customer-table.ts";
import { rememberCustomer } from "../../../lambdas/worker/remember-customer.ts";
import { fakeWorkerBrand } from "./fake-worker-brand.ts";

const known: Customer = { name: undefined, isBlocked: false, markAsReadToken: undefined };

function setUp(isAway = false) {
  const calls: unknown[] = [];
  const keep = async (...call: unknown[]) => {
    if (isAway) throw new Error("DynamoDB is away");
    calls.push(call);
    return known;
  };
  const brand = fakeWorkerBrand();
  const customers = {
    ...brand.customers,
    heardFrom: (...call: unknown[]) => keep("heardFrom", ...call),
    blocked: async (...call: unknown[]) => {
      await keep("blocked", ...call);
    },
  };
  const remember = (settings: Partial<BrandSettings>, event: WebhookEvent) =>
    rememberCustomer({ ...brand, customers, settings: { ...brand.settings, ...settings } }, event);
  return { calls, remember };
}

const event = (fields: object = {}) =>
  webhookEventSchema.parse({
    type: "message",
    mode: "active",
    timestamp: 5,
    webhookEventId: "e",
    source: { type: "user", userId: "U1" },
    message: { type: "text", id: "1", text: "x", markAsReadToken: "token" },
    ...fields,
  });
const group = { source: { type: "group", groupId: "C1", userId: "U1" } };
const settings = { groups: "ignore", markAsRead: false } as const;

describe("what is remembered of a customer", () => {
  it.each([
    ["a message", {}, settings, [["heardFrom", "U1", 5, undefined]]],
    [
      "a message where the brand marks as read",
      {},
      { ...settings, markAsRead: true },
      [["heardFrom", "U1", 5, "token"]],
    ],
    [
      "a message in standby mode",
      { mode: "standby" },
      { ...settings, markAsRead: true },
      [["heardFrom", "U1", 5, undefined]],
    ],
    [
      "a follow",
      { type: "follow", message: undefined },
      { ...settings, markAsRead: true },
      [["heardFrom", "U1", 5, undefined]],
    ],
    ["an unfollow", { type: "unfollow" }, settings, [["blocked", "U1", 5]]],
    ["a message of a group that is not bridged", group, settings, []],
    [
      "a message of a bridged group",
      group,
      { ...settings, groups: "bridge" as const },
      [["heardFrom", "C1", 5, undefined]],
    ],
    [
      "the account's removal from a bridged group",
      { type: "leave", source: { type: "group", groupId: "C1" } },
      { ...settings, groups: "bridge" as const },
      [["blocked", "C1", 5]],
    ],
    ["an event of nobody", { source: undefined }, settings, []],
  ])("after %s", async (_, fields, brandSettings, expected) => {
    const { calls, remember } = setUp();
    await remember(brandSettings, event(fields));
    expect(calls).toEqual(expected);
  });

  it("lets a message pass when the table is away, but not a block", async () => {
    const { remember } = setUp(true);
    expect(await remember(settings, event())).toBeUndefined();
    await expect(remember(settings, event({ type: "unfollow" }))).rejects.toThrow();
  });
});
