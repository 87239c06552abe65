import { webhookEventSchema } from "../../../lambdas/shared/line/webhook-event.ts";
import type { Customer } from "../../../lambdas/shared/tables/customer-table.ts";
import { createRememberCustomer } from "../../../lambdas/worker/remember-customer.ts";

const known: Customer = { name: undefined, isBlocked: false, markAsReadToken: undefined };

function setUp(isAway = false) {
  const calls: unknown[] = [];
  const keep = async (...call: unknown[]) => {
    if (isAway) throw new Error("DynamoDB is away");
    calls.push(call);
    return known;
  };
  const log = () => undefined;
  const remember = createRememberCustomer({
    customers: {
      heardFrom: (...call) => keep("heardFrom", ...call),
      blocked: async (...call) => {
        await keep("blocked", ...call);
      },
    },
    log: { info: log, warn: log, error: log },
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
    ["a message", {}, settings, [["heardFrom", "retail-thai", "U1", 5, undefined]]],
    [
      "a message where the brand marks as read",
      {},
      { ...settings, markAsRead: true },
      [["heardFrom", "retail-thai", "U1", 5, "token"]],
    ],
    [
      "a message in standby mode",
      { mode: "standby" },
      { ...settings, markAsRead: true },
      [["heardFrom", "retail-thai", "U1", 5, undefined]],
    ],
    [
      "a follow",
      { type: "follow", message: undefined },
      { ...settings, markAsRead: true },
      [["heardFrom", "retail-thai", "U1", 5, undefined]],
    ],
    ["an unfollow", { type: "unfollow" }, settings, [["blocked", "retail-thai", "U1", 5]]],
    ["a message of a group that is not bridged", group, settings, []],
    [
      "a message of a bridged group",
      group,
      { ...settings, groups: "bridge" as const },
      [["heardFrom", "retail-thai", "C1", 5, undefined]],
    ],
    [
      "the account's removal from a bridged group",
      { type: "leave", source: { type: "group", groupId: "C1" } },
      { ...settings, groups: "bridge" as const },
      [["blocked", "retail-thai", "C1", 5]],
    ],
    ["an event of nobody", { source: undefined }, settings, []],
  ])("after %s", async (_, fields, brandSettings, expected) => {
    const { calls, remember } = setUp();
    await remember("retail-thai", brandSettings, event(fields));
    expect(calls).toEqual(expected);
  });

  it("lets a message pass when the table is away, but not a block", async () => {
    const { remember } = setUp(true);
    expect(await remember("retail-thai", settings, event())).toBeUndefined();
    await expect(remember("retail-thai", settings, event({ type: "unfollow" }))).rejects.toThrow();
  });
});
