import type { ConsoleClient } from "../../../../lib/local/demo/console-client.ts";
import { type Played, play } from "../../../../lib/local/demo/play.ts";
import { DEMO_SCRIPT } from "../../../../lib/local/demo/script.ts";

/** A bridge that delivers at once whatever `deliver` makes of a line. */
function bridge(deliver: (text: string) => string[]): ConsoleClient {
  const seen = new Map<string, string[]>([["desktop สมชาย", ["from an earlier demo"]]]);
  const add = (side: string, text: string) =>
    seen.set(side, [...(seen.get(side) ?? []), ...deliver(text)]);
  return {
    market: "Thailand",
    brand: "Retail_Thai",
    customerSays: async (customer, content) => {
      const step = DEMO_SCRIPT.find((one) => one.by === "customer" && one.content === content);
      add(`desktop ${customer}`, step?.by === "customer" ? step.shown : "");
    },
    agentSays: async (customer, text) => {
      add(`phone ${customer}`, text);
    },
    conversation: async () => new Map(seen),
  };
}

describe("the demo", () => {
  it("is complete when every line arrives", async () => {
    const played: Played[] = [];
    expect(
      await play(
        DEMO_SCRIPT,
        bridge((text) => [text]),
        (one) => played.push(one),
        100,
      ),
    ).toBe(true);
    expect(played).toHaveLength(DEMO_SCRIPT.length);
  });

  it.each([
    ["is lost", (text: string) => (text.includes("M 號") ? [] : [text])],
    ["arrives twice", (text: string) => (text.includes("M 號") ? [text, text] : [text])],
    ["is changed", (text: string) => [text.replace("M 號", "L 號")]],
  ])("fails when a line %s", async (_, deliver) => {
    const played: Played[] = [];
    expect(await play(DEMO_SCRIPT, bridge(deliver), (one) => played.push(one), 100)).toBe(false);
    expect(played.some(({ milliseconds }) => milliseconds === undefined)).toBe(true);
  });
});
