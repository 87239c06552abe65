import { brandOfGroup } from "../../../lambdas/shared/contract/group-ids.ts";
import type { Direction } from "../../../lambdas/shared/contract/queue-names.ts";
import type { Letter } from "./dead-letters.ts";
import type { Fate } from "./fate.ts";

/** What redrive does, or would do, with one queue's dead letters; each record counts by reason. */
export interface RedriveResult {
  queue: Direction;
  redriven: Record<string, number>;
  /** Redriven, and parked again before the command ended: the cause is still there. */
  parkedAgain: Record<string, number>;
  /** Chosen, but they may have arrived. */
  heldBack: Record<string, number>;
  /** Chosen, but their brand has been removed, and its queue with it; counted by the brand's key. */
  withoutQueue: Record<string, number>;
  /** Not chosen. */
  others: Record<string, number>;
  /** Letters that SQS did not hand out. */
  unseen: number;
}

/** No letter yet. */
export function emptyResult(queue: RedriveResult["queue"]): RedriveResult {
  return {
    queue,
    redriven: {},
    parkedAgain: {},
    heldBack: {},
    withoutQueue: {},
    others: {},
    unseen: 0,
  };
}

/** Counts one letter. */
export function count(
  result: RedriveResult,
  fate: Fate | "parkedAgain",
  { reason, groupId }: Pick<Letter, "reason" | "groupId">,
): void {
  const key = fate === "withoutQueue" ? brandOfGroup(groupId) : reason;
  result[fate][key] = (result[fate][key] ?? 0) + 1;
}

/** Whether everything that was chosen has gone back, and stayed away. */
export function isComplete(result: RedriveResult): boolean {
  const { heldBack, parkedAgain, withoutQueue, unseen } = result;
  return unseen === 0 && Object.keys({ ...heldBack, ...parkedAgain, ...withoutQueue }).length === 0;
}

/** The result for people; `isDone` says whether the letters have gone back, or would. */
export function describeResult(result: RedriveResult, isDone: boolean): string[] {
  const { queue, redriven, parkedAgain, heldBack, withoutQueue, others, unseen } = result;
  const lines = [
    ...lineOf(redriven, isDone ? "went back" : "will go back"),
    ...lineOf(parkedAgain, "of these have been parked again: the cause is still there"),
    ...lineOf(
      heldBack,
      "stay: they, or parts of them, may have arrived already, and nobody knows any longer which (--allow-duplicate redrives them anyway)",
    ),
    ...Object.entries(withoutQueue).map(([brand, total]) => `${total} stay: ${noQueue(brand)}`),
    ...lineOf(others, "were not chosen"),
  ];
  if (unseen > 0) {
    lines.push(
      `${unseen} could not be looked at: they wait behind other letters of the same customer (redrive without --reason), or somebody else is looking at them (try again in ten minutes)`,
    );
  }
  if (lines.length === 0) lines.push("no dead letters");
  return lines.map((line) => `${queue}: ${line}`);
}

/** What to do with letters whose brand has been removed. */
export const PUT_BACK =
  "The letters of a brand that was removed can go back only when the brand stands in the configuration again and the stack is deployed; SQS deletes letters 14 days after they were parked";

function noQueue(brand: string): string {
  return `the brand ${brand} is not in the configuration of this market, so that it has no queue. ${PUT_BACK}`;
}

function lineOf(counts: Record<string, number>, what: string): string[] {
  const total = Object.values(counts).reduce((sum, one) => sum + one, 0);
  if (total === 0) return [];
  const reasons = Object.entries(counts).map(([reason, one]) => `${reason} ${one}`);
  return [`${total} ${what} (${reasons.join(", ")})`];
}
