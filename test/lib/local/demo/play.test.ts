import type { ConsoleClient } from "../../../../lib/local/demo/console-client.ts";
import { type Played, play } from "../../../../lib/local/demo/play.ts";
import { SAMPLES } from "../../../../lib/local/demo/samples.ts";
import { DEMO_SCRIPT, type Step } from "../../../../lib/local/demo/script.ts";

/** The steps of the demo whose lines are told word by word. */
const SCRIPT = DEMO_SCRIPT.filter(
  ({ shown }) => shown === "typing" || shown.every((line) => typeof line === "string"),
);

/** A bridge that delivers at once whatever `deliver` makes of a line. */
function bridge(
  deliver: (text: string) => string[],
  change: Partial<ConsoleClient> = {},
): ConsoleClient {
  const seen = new Map<string, string[]>([["desktop สมชาย", ["from an earlier demo"]]]);
  const add = (side: string, step: Step | undefined) => {
    const shown = step === undefined || step.shown === "typing" ? [] : step.shown;
    const lines = shown.map(String).flatMap(deliver);
    seen.set(side, [...(seen.get(side) ?? []), ...lines]);
  };
  return {
    market: "Thailand",
    brand: "Retail_Thai",
    customerDoes: async (customer, does) => {
      const step = SCRIPT.find((one) => one.by === "customer" && one.does === does);
      add(`desktop ${customer}`, step);
    },
    agentSends: async (customer, sends) => {
      const step = SCRIPT.find((one) => one.by === "agent" && one.sends === sends);
      add(`phone ${customer}`, step);
    },
    obstacle: async () => undefined,
    conversation: async () => new Map(seen),
    isTyping: async () => true,
    mediaFaults: async () => [],
    ...change,
  };
}

async function played(script: Step[], through: ConsoleClient) {
  const steps: Played[] = [];
  const isComplete = await play(script, through, (one) => steps.push(one), 100);
  return { isComplete, steps };
}

describe("the demo", () => {
  it("is complete when every line arrives", async () => {
    const { isComplete, steps } = await played(
      SCRIPT,
      bridge((text) => [text]),
    );
    expect(isComplete).toBe(true);
    expect(steps).toHaveLength(SCRIPT.length);
    expect(steps[0]?.arrived).toEqual(["สวัสดีครับ สาขาอยู่ที่ไหนครับ 🙏"]);
  });

  it("stops after the first line where nothing of it arrives", async () => {
    const { isComplete, steps } = await played(
      SCRIPT,
      bridge(() => []),
    );
    expect([isComplete, steps.length]).toEqual([false, 1]);
  });

  it.each([
    ["is lost", (text: string) => (text.includes("M 號") ? [] : [text])],
    ["arrives twice", (text: string) => (text.includes("M 號") ? [text, text] : [text])],
    ["is changed", (text: string) => [text.replace("M 號", "L 號")]],
  ])("fails when a line %s", async (_, deliver) => {
    const { isComplete, steps } = await played(SCRIPT, bridge(deliver));
    expect(isComplete).toBe(false);
    expect(steps.some(({ milliseconds }) => milliseconds === undefined)).toBe(true);
  });

  it("fails when the phone does not show that the account is typing", async () => {
    const silent = bridge((text) => [text], { isTyping: async () => false });
    const { isComplete, steps } = await played(SCRIPT, silent);
    expect(isComplete).toBe(false);
    const failed = steps.filter(({ milliseconds }) => milliseconds === undefined);
    expect(failed.map(({ step }) => step.shown)).toEqual(["typing"]);
  });

  it("fails when a step cannot be done, and goes on", async () => {
    const through = bridge((text) => [text], {
      agentSends: async () => {
        throw new Error("the console refused it");
      },
    });
    const { isComplete, steps } = await played(SCRIPT, through);
    expect(isComplete).toBe(false);
    expect(steps).toHaveLength(SCRIPT.length);
    for (const { step, milliseconds, faults } of steps) {
      expect(faults).toEqual(step.by === "agent" ? ["the console refused it"] : []);
      expect(milliseconds === undefined).toBe(step.by === "agent");
    }
  });

  it("judges each line by itself after one has failed", async () => {
    const { steps } = await played(
      SCRIPT,
      bridge((text) => [text.replace("สวัสดีครับ", "Hello")]),
    );
    const failed = steps.filter(({ milliseconds }) => milliseconds === undefined);
    expect(failed.map(({ arrived }) => arrived)).toEqual([["Hello สาขาอยู่ที่ไหนครับ 🙏"]]);
  });

  it("fails when media cannot be fetched, and says why", async () => {
    const sides: string[] = [];
    const broken = bridge((text) => [text], {
      mediaFaults: async (side) => {
        sides.push(side);
        return ["a URL answers 403"];
      },
    });
    const { isComplete, steps } = await played(SCRIPT, broken);
    expect(isComplete).toBe(false);
    const faulty = steps.filter(({ faults }) => faults.length > 0);
    expect(faulty.length).toBeGreaterThan(0);
    expect(faulty).toHaveLength(sides.length);
    expect(sides[0]).toBe("phone สมชาย");
  });

  it.each<[string, boolean]>([
    ["[Image LINE-1.jpg]", true],
    ["[File LINE-1.jpg]", false],
  ])("compares with a pattern where a name is made up: %s", async (line, isComplete) => {
    const step: Step = {
      by: "customer",
      customer: "สมชาย",
      does: { sample: SAMPLES.photo },
      shown: [/^\[Image .+\]$/],
    };
    const lines: string[] = [];
    const through = bridge(() => [], {
      customerDoes: async () => void lines.push(line),
      conversation: async () => new Map([["desktop สมชาย", [...lines]]]),
    });
    expect(await played([step], through)).toMatchObject({ isComplete });
  });

  it("shows each kind of message in both directions", () => {
    const kinds = DEMO_SCRIPT.flatMap((step) => {
      if (step.by === "customer") {
        const { does } = step;
        if ("content" in does) return [`customer ${does.content.type}`, does.quotes && "quote"];
        return "sample" in does ? `customer ${does.sample.kind}` : Object.keys(does)[0];
      }
      if (!("message" in step.sends)) return `agent ${step.sends.sample?.kind ?? "text"}`;
      return `agent ${step.sends.message.type}`;
    });
    expect(new Set(kinds.filter(Boolean))).toEqual(
      new Set([
        ...["text", "sticker", "location", "image", "video", "audio", "file"].map(
          (kind) => `customer ${kind}`,
        ),
        "quote",
        "taps",
        "picks",
        "unsends",
        ...["text", "image", "video", "audio", "file", "Structured", "Event"].map(
          (kind) => `agent ${kind}`,
        ),
      ]),
    );
  });
});
