import { describeError } from "../errors.ts";

/** What the doctor has found out about one link of the chain. */
export interface Finding {
  check: string;
  /** Undefined for what all brands share. */
  brand?: string;
  state: "ok" | "wrong" | "skipped";
  detail: string;
  /** How to mend it, or how to have it looked at. */
  fix?: string;
}

/** A link is broken; thrown by checks. */
export class Wrong extends Error {
  override name = "Wrong";
  readonly fix: string;
  constructor(detail: string, fix: string) {
    super(detail);
    this.fix = fix;
  }
}

/** A check cannot be made, so that nobody knows; thrown by checks. */
export class Skipped extends Wrong {
  override name = "Skipped";
}

/** What a check has found right, and what further checks build on. */
export interface Right<Value> {
  detail: string;
  value: Value;
}

export interface Examination {
  /** Makes one check; undefined unless all is right. `fix` is for failures that do not say how to mend them. */
  check<Value>(
    name: string,
    fix: string,
    run: () => Promise<Right<Value>>,
  ): Promise<Value | undefined>;
  /** Says of checks that they were not made, because an earlier one has failed. */
  skip(reason: string, ...names: string[]): void;
}

/** Reports each finding as soon as it is there. No check begins once `stopping` is aborted: AbortError. */
export function createExamination(
  brand: string | undefined,
  report: (finding: Finding) => void,
  stopping?: AbortSignal,
): Examination {
  const of = brand === undefined ? {} : { brand };
  return {
    async check(check, fix, run) {
      try {
        stopping?.throwIfAborted();
        const { detail, value } = await run();
        report({ check, ...of, state: "ok", detail });
        return value;
      } catch (error) {
        stopping?.throwIfAborted();
        if (error instanceof Wrong) {
          const state = error instanceof Skipped ? "skipped" : "wrong";
          report({ check, ...of, state, detail: error.message, fix: error.fix });
        } else {
          report({ check, ...of, state: "wrong", detail: describeError(error), fix });
        }
        return undefined;
      }
    },
    skip(reason, ...names) {
      for (const check of names) report({ check, ...of, state: "skipped", detail: reason });
    },
  };
}
