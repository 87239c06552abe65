import { OperatorError } from "../errors.ts";
import type { Terminal } from "../terminal.ts";
import type { Change } from "./change.ts";
import { leftBy, type Step } from "./steps/step.ts";

/**
 * Says what will change, asks, and makes the changes in their order. What a platform refuses and people can do is
 * left to them. Throws OperatorError where nobody wants it, and what a change throws that cannot be left.
 */
export async function applyChanges(
  changes: readonly Change[],
  terminal: Terminal,
): Promise<{ changed: string[]; byHand: Step[] }> {
  const changed: string[] = [];
  const byHand: Step[] = [];
  if (changes.length === 0) {
    terminal.print("  Everything is set up already: nothing to change.");
    return { changed, byHand };
  }
  for (const { text } of changes) terminal.print(`  will ${text}`);
  if (!(await terminal.confirm("Go on?"))) throw new OperatorError("Nothing was changed.");
  for (const change of changes) {
    const { text, apply } = change;
    try {
      await terminal.progress(`${text} …`, apply);
    } catch (error) {
      terminal.print(`  ✗ ${text}`);
      if (change.byHand === undefined || !(error instanceof OperatorError)) throw error;
      terminal.print(`    ${error.message} It is left to people.`);
      byHand.push(leftBy(change.byHand, error));
      continue;
    }
    terminal.print(`  ✓ ${text}`);
    changed.push(text);
  }
  return { changed, byHand };
}
