import { setTimeout as pause } from "node:timers/promises";
import type { ConsoleClient } from "./console-client.ts";
import type { Step } from "./script.ts";

/** What became of a step: the time until the other side saw it, or undefined if it never did. */
export interface Played {
  step: Step;
  milliseconds: number | undefined;
}

const POLL_MS = 50;

/**
 * Plays the script line by line through a running bridge. Each line must appear on the other side,
 * once and in its place, before the next is played; `onPlayed` hears of each.
 */
export async function play(
  script: Step[],
  bridge: ConsoleClient,
  onPlayed: (played: Played) => void,
  arrivesWithinMs = 15_000,
): Promise<boolean> {
  const before = await bridge.conversation();
  const expected = new Map<string, string[]>();
  let isComplete = true;
  for (const step of script) {
    const started = performance.now();
    if (step.by === "customer") await bridge.customerSays(step.customer, step.content);
    else await bridge.agentSays(step.customer, step.text);

    const side = `${step.by === "customer" ? "desktop" : "phone"} ${step.customer}`;
    const lines = [...(expected.get(side) ?? before.get(side) ?? []), shownText(step)];
    expected.set(side, lines);
    const hasArrived = await eventually(async () => {
      const now = (await bridge.conversation()).get(side) ?? [];
      return JSON.stringify(now) === JSON.stringify(lines);
    }, arrivesWithinMs);
    isComplete &&= hasArrived;
    onPlayed({
      step,
      milliseconds: hasArrived ? Math.round(performance.now() - started) : undefined,
    });
  }
  return isComplete;
}

/** What the other side must show for a step. */
export function shownText(step: Step): string {
  return step.by === "customer" ? step.shown : step.text;
}

async function eventually(check: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (await check()) return true;
    await pause(POLL_MS);
  }
  return false;
}
