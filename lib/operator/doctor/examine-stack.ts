import type { SQSClient } from "@aws-sdk/client-sqs";
import { DIRECTIONS } from "../../../lambdas/shared/contract/queue-names.ts";
import { OutageFailure } from "../../../lambdas/shared/failures/failures.ts";
import { exchange } from "../../../lambdas/shared/platform/exchange.ts";
import type { Clock } from "../clock.ts";
import { countLetters, surveyLetters } from "../dead-letters/dead-letters.ts";
import type { Stack } from "../market/stack.ts";
import { operatorCommand, type Target } from "../market/target.ts";
import { type Examination, Wrong } from "./examination.ts";

/** AWS refuses requests that are signed more than five minutes off; a minute already makes logs hard to read. */
const MAX_SKEW_SECONDS = 60;

/** Checks the parts that all brands share: clock and dead letters. */
export async function examineStack(
  stack: Stack,
  target: Target,
  { check }: Examination,
  { now, stopping }: Pick<Clock, "now"> & { stopping?: AbortSignal },
): Promise<void> {
  const gateway = new URL(stack.brands[0]?.lineWebhook ?? "").origin;
  await check("clock", "Set this machine's clock with a time server.", () =>
    checkClock(gateway, now),
  );
  for (const name of DIRECTIONS) {
    const redeploy = `Deploy the stack again: npx cdk deploy ${target.stackName}`;
    await check(`${name} dead letters`, redeploy, () =>
      checkDeadLetters(
        target.aws.sqs,
        stack.deadLetters[name],
        {
          redrive: `${operatorCommand("redrive", target)} --queue ${name}`,
          discard: operatorCommand("discard", target),
        },
        stopping,
      ),
    );
  }
}

async function checkClock(gateway: string, now: () => number) {
  // The time is the gateway's own, not that of where it may point to.
  const url = new URL(gateway);
  const { headers } = await exchange(url, { timeoutMs: 10_000 }).catch((error: unknown) => {
    const failure = new OutageFailure("The gateway gives no answer.");
    throw failure.of({ who: "the gateway", url, error });
  });
  const theirs = Date.parse(headers.date ?? "");
  if (Number.isNaN(theirs)) {
    throw new Wrong(
      "the gateway's answer has no time",
      "Check the proxies between this machine and the gateway.",
    );
  }
  const seconds = Math.round((now() - theirs) / 1_000);
  if (Math.abs(seconds) > MAX_SKEW_SECONDS) {
    throw new Wrong(
      `this machine is ${Math.abs(seconds)} s ${seconds > 0 ? "ahead of" : "behind"} the gateway`,
      "Set this machine's clock with a time server.",
    );
  }
  return { detail: "this machine and the gateway agree", value: seconds };
}

async function checkDeadLetters(
  sqs: SQSClient,
  url: string,
  { redrive, discard }: { redrive: string; discard: string },
  stopping: AbortSignal | undefined,
) {
  const total = await countLetters(sqs, url);
  if (total === 0) return { detail: "none", value: undefined };
  const byReason = await surveyLetters(sqs, url, stopping);
  const reasons = [...byReason].map(([reason, count]) => `${reason} ${count}`).join(", ");
  throw new Wrong(
    `${total}${reasons && ` (${reasons})`}`,
    `Remove the cause (lib/cloud/RUNBOOK.md#dead-letters), then: ${redrive}. What can never succeed: ${discard}`,
  );
}
