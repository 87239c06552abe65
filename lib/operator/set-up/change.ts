import type { Step } from "./steps/step.ts";

/** Something that set-up will do. It says so before it does it: "will <text>". */
export interface Change {
  text: string;
  apply(): Promise<void>;
  /** What is left to people if the platform refuses it; without it set-up ends there. */
  byHand?: Step;
}
