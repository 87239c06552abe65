import { describeError } from "../errors.ts";
import { troubleOf } from "../trouble/trouble.ts";

/** The doctor's result for one link of the chain. */
export interface Finding {
  check: string;
  /** Undefined for parts that all brands share. */
  brand?: string;
  state: "ok" | "wrong" | "skipped";
  detail: string;
  /** How to fix it, or how to let the doctor check it. */
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

/** A check cannot be made, so its result is unknown; thrown by checks. */
export class Skipped extends Wrong {
  override name = "Skipped";
}

/** The result of a successful check, and the value that later checks need. */
interface Right<Value> {
  detail: string;
  value: Value;
}

export interface Examination {
  /** Makes one check; undefined unless it succeeds. `fix` is for failures that do not say how to fix them. */
  check<Value>(
    name: string,
    fix: string,
    run: () => Promise<Right<Value>>,
  ): Promise<Value | undefined>;
  /** Reports that checks were not made, because an earlier one has failed. */
  skip(reason: string, ...names: string[]): void;
}

/** Reports each finding at once. After `stopping` is aborted, no check begins: it throws AbortError. */
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
          // Where nobody could be asked, nothing is known of what the check is about.
          const trouble = troubleOf(error) ?? { detail: describeError(error), fix };
          report({ check, ...of, state: "wrong", ...trouble });
        }
        return undefined;
      }
    },
    skip(reason, ...names) {
      for (const check of names) report({ check, ...of, state: "skipped", detail: reason });
    },
  };
}
