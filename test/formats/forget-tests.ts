import type { Bridge } from "./bridge.ts";
import letters from "./dead-letters.json" with { type: "json" };
import media from "./hosted-media.json" with { type: "json" };
import { holding, operatorOf } from "./operator.ts";
import items from "./table-items.json" with { type: "json" };

// The operator's computer may hold another version than AWS.

export function forgetTests(running: () => Bridge): void {
  let bridge: Bridge;
  let operator: ReturnType<typeof operatorOf>;
  beforeAll(() => {
    bridge = running();
    operator = operatorOf(bridge);
  });
  afterAll(() => operator.close());
  afterEach(() => bridge.forget());

  it("forget finds what is kept of a customer, and nothing else", async () => {
    const user = "U0123456789abcdef0123456789abcdef";
    const isOfUser = (text: string) => text.includes(user);
    const keys = [media.fromLine.object.key, media.fromGenesys.picture.key];
    const market = holding(
      bridge.standIns.origin,
      { "inbound-dead-letters": letters.inbound, "outbound-dead-letters": letters.outbound },
      [...keys, keys[0]?.replace(/\/.*?\//, "/another-customer-00000/") ?? ""],
    );
    bridge.standIns.own.answer = market.answer;
    const others = [items.buttons.item, items.failures, items.budget];
    await bridge.put(...items.customers, ...others);

    const erased = await operator.forget(user);

    expect(erased).toEqual({ records: 3, mediaObjects: 2, deadLetters: 2, unseenLetters: 0 });
    const kept = [...items.customers.filter(({ pk }) => !isOfUser(pk)), ...others];
    expect(await bridge.items()).toEqual(expect.arrayContaining(kept));
    // And that media of this customer which is being fetched is not to be kept; it names nobody.
    const note = (await bridge.items()).filter(({ pk }) => pk.startsWith("erased#"));
    expect(note).toEqual([expect.not.objectContaining({ pk: expect.stringContaining(user) })]);
    expect(await bridge.items()).toHaveLength(kept.length + 1);
    expect(market.deletedKeys).toEqual(keys);
    for (const queue of ["inbound", "outbound"] as const) {
      const left = letters[queue].filter(({ groupId }) => !isOfUser(groupId));
      expect(market.left(`${queue}-dead-letters`)).toEqual(left);
    }
  });
}
