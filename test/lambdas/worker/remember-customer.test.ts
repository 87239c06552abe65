import type { BrandSettings } from "../../../lambdas/shared/contract/brand-settings.ts";
import {
  type WebhookEvent,
  webhookEventSchema,
} from "../../../lambdas/shared/line/webhook-event.ts";
import { UNKNOWN } from "../../../lambdas/shared/tables/customer.ts";
import { rememberCustomer } from "../../../lambdas/worker/remember-customer.ts";
import { fakeWorkerBrand } from "./fake-worker-brand.ts";

const KNOWN = { ...UNKNOWN, profile: { displayName: "สมชาย", isStale: false } };

function setUp(isAway = false) {
  const calls: unknown[] = [];
  const keep = async (...call: unknown[]) => {
    if (isAway) throw new Error("DynamoDB is away");
    calls.push(call);
    return UNKNOWN;
  };
  const brand = fakeWorkerBrand();
  const customers = {
    ...brand.customers,
    get: async () => KNOWN,
    heardFrom: (...call: unknown[]) => keep("heardFrom", ...call),
    blocked: async (...call: unknown[]) => {
      await keep("blocked", ...call);
    },
  };
  const remember = (
    settings: Partial<BrandSettings>,
    event: WebhookEvent,
    receivedAt?: number,
    receives = 1,
  ) =>
    rememberCustomer({
      brand: { ...brand, customers, settings: { ...brand.settings, ...settings } },
      event,
      receivedAt,
      attempt: { receives },
    });
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
    ["a message", {}, settings, [["heardFrom", "U1", [{ at: 5 }], false]]],
    [
      "a message where the brand marks as read",
      {},
      { ...settings, markAsRead: true },
      [["heardFrom", "U1", [{ at: 5, markAsReadToken: "token" }], false]],
    ],
    [
      "a message in standby mode",
      { mode: "standby" },
      { ...settings, markAsRead: true },
      [["heardFrom", "U1", [{ at: 5 }], false]],
    ],
    [
      "a follow",
      { type: "follow", message: undefined },
      { ...settings, markAsRead: true },
      [["heardFrom", "U1", [{ at: 5 }], false]],
    ],
    ["an unfollow", { type: "unfollow" }, settings, [["blocked", "U1", 5]]],
    ["a message of a group that is not bridged", group, settings, []],
    [
      "a message of a bridged group",
      group,
      { ...settings, groups: "bridge" as const },
      [["heardFrom", "C1", [{ at: 5 }], false]],
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

  it("tells what was known of who blocks the account, for a note of it", async () => {
    const { remember } = setUp();
    expect(await remember(settings, event({ type: "unfollow" }))).toEqual(KNOWN);
  });

  const replyToken = "8cf9239d56244f4197887e939187e19e";
  const delivery = { deliveryContext: { isRedelivery: false } };

  it.each([
    ["a message", {}, { replyToken: { token: replyToken, receivedAt: 7 } }],
    [
      "a tap on a button",
      { type: "postback" },
      { replyToken: { token: replyToken, receivedAt: 7 } },
    ],
    ["a message in standby mode", { mode: "standby" }, {}],
    ["a redelivered message", { deliveryContext: { isRedelivery: true } }, {}],
    ["a message that does not say whether it is redelivered", { deliveryContext: undefined }, {}],
    ["a check by LINE, with zeros", { replyToken: "0".repeat(32) }, {}],
    ["a check by LINE, with f", { replyToken: "f".repeat(32) }, {}],
    ["an event without a token", { replyToken: undefined }, {}],
    ["a message with an empty token", { replyToken: "" }, {}],
  ])("what replies to %s", async (_, fields, tokens) => {
    const { calls, remember } = setUp();
    await remember(settings, event({ replyToken, ...delivery, ...fields }), 7);
    expect(calls).toEqual([["heardFrom", "U1", [{ at: 5, ...tokens }], false]]);
  });

  it("is no reply token when nobody knows when its webhook came, or in a group that is not bridged", async () => {
    const { calls, remember } = setUp();
    await remember(settings, event({ replyToken, ...delivery }));
    await remember(settings, event({ replyToken, ...delivery, ...group }), 7);
    expect(calls).toEqual([["heardFrom", "U1", [{ at: 5 }], false]]);
  });

  it("is what the table knows already, mostly, of an event that comes again", async () => {
    const { calls, remember } = setUp();
    await remember(settings, event(), undefined, 2);
    expect(calls).toEqual([["heardFrom", "U1", [{ at: 5 }], true]]);
  });

  it("lets a message pass when the table is away, but not a block", async () => {
    const { remember } = setUp(true);
    expect(await remember(settings, event())).toBeUndefined();
    await expect(remember(settings, event({ type: "unfollow" }))).rejects.toThrow();
  });
});
