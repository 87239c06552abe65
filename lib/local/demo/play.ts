import { setTimeout as pause } from "node:timers/promises";
import type { ConsoleClient } from "./console-client.ts";
import type { Step } from "./script.ts";

/** The outcome of a step. */
export interface Played {
  step: Step;
  /** Time until the other side saw it; undefined if it never did. */
  milliseconds: number | undefined;
  /** What the other side saw, line by line; empty for typing. */
  arrived: string[];
  /** What is wrong with the media that arrived, or why the step could not be done. */
  faults: string[];
}

const POLL_MS = 50;

/**
 * Plays the script line by line through a running bridge. Each line must appear on the other side once,
 * in its place and with media that can be fetched, before the next line is played. `onPlayed` is called
 * for each. Where nothing at all arrives of the first line, no other is played: each would be waited for.
 */
export async function play(
  script: Step[],
  bridge: ConsoleClient,
  onPlayed: (played: Played) => void,
  arrivesWithinMs = 15_000,
): Promise<boolean> {
  const before = await bridge.conversation();
  const expected = new Map<string, (string | RegExp)[]>();
  let isComplete = true;
  for (const step of script) {
    const side = `${step.by === "customer" ? "desktop" : "phone"} ${step.customer}`;
    const played = await playStep(step, side, expected.get(side) ?? before.get(side) ?? []);
    isComplete &&= played.milliseconds !== undefined && played.faults.length === 0;
    onPlayed(played);
    if (step === script[0] && !isComplete && played.arrived.length === 0) break;
  }
  return isComplete;

  async function playStep(step: Step, side: string, earlier: (string | RegExp)[]): Promise<Played> {
    const started = performance.now();
    const refusal = await perform(step, bridge);
    if (refusal !== undefined) {
      return { step, milliseconds: undefined, arrived: [], faults: [refusal] };
    }
    const shown = step.shown === "typing" ? [] : step.shown;
    const lines = [...earlier, ...shown];
    let seen: string[] = [];
    const hasArrived = await eventually(async () => {
      if (step.shown === "typing") return bridge.isTyping(step.customer);
      seen = (await bridge.conversation()).get(side) ?? [];
      return matches(seen, lines);
    }, arrivesWithinMs);
    // After a failure, the next line is compared from what is there now.
    if (step.shown !== "typing") expected.set(side, hasArrived ? lines : seen);
    const sample = sampleOf(step);
    return {
      step,
      milliseconds: hasArrived ? Math.round(performance.now() - started) : undefined,
      arrived: seen.slice(earlier.length),
      faults: hasArrived && sample ? await bridge.mediaFaults(side, sample) : [],
    };
  }
}

/** Undefined when it was done; otherwise why not, for example because there is no such button. */
async function perform(step: Step, bridge: ConsoleClient): Promise<string | undefined> {
  try {
    if (step.by === "customer") await bridge.customerDoes(step.customer, step.does);
    else await bridge.agentSends(step.customer, step.sends);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function matches(seen: string[], lines: (string | RegExp)[]): boolean {
  return (
    seen.length === lines.length &&
    lines.every((line, index) => {
      const text = seen[index] ?? "";
      return typeof line === "string" ? line === text : line.test(text);
    })
  );
}

function sampleOf(step: Step) {
  const sent = step.by === "customer" ? step.does : step.sends;
  return "sample" in sent ? sent.sample : undefined;
}

async function eventually(check: () => Promise<boolean>, withinMs: number): Promise<boolean> {
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline) {
    if (await check()) return true;
    await pause(POLL_MS);
  }
  return false;
}
