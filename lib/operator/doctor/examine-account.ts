import { isAccessDenied } from "../errors.ts";
import { subscriptionsOf } from "../market/account.ts";
import { readConcurrency } from "../market/concurrency.ts";
import type { Stack } from "../market/stack.ts";
import type { Target } from "../market/target.ts";
import { type Examination, Skipped, Wrong } from "./examination.ts";

/** Checks what the account allows the market, and whether anybody is told of its alarms. */
export async function examineAccount(
  stack: Stack,
  target: Target,
  { check }: Examination,
): Promise<void> {
  await check("Lambda concurrency", "Try again later.", async () => {
    const { isEnough, text, fix } = await ifAllowed("lambda:GetAccountSettings", () =>
      readConcurrency(target),
    );
    if (!isEnough) throw new Wrong(text, fix);
    return { detail: text, value: undefined };
  });
  await check("alarm e-mail", "Try again later.", () => checkSubscriptions(stack, target));
}

async function checkSubscriptions({ alarmTopicArn }: Stack, target: Target) {
  const { alarmEmail } = target.settings;
  const redeploy = `npx cdk deploy ${target.stackName}`;
  if (alarmTopicArn === undefined) {
    throw new Skipped("the stack does not name its topic yet", `Deploy it again: ${redeploy}`);
  }
  const subscribe = `Set alarmEmail of ${target.market} in cdk.json, then: ${redeploy}`;
  if (target.local !== undefined && alarmEmail === null) {
    throw new Skipped("no alarms go off here; in AWS nobody would be told of them", subscribe);
  }
  const all = await ifAllowed("sns:ListSubscriptionsByTopic", () =>
    subscriptionsOf(target.aws.sns, alarmTopicArn),
  );
  const own = all.filter(({ endpoint }) => endpoint === alarmEmail);
  if (alarmEmail !== null && own.length === 0) {
    throw new Wrong("alarmEmail is not subscribed to the alarms", `Deploy the stack: ${redeploy}`);
  }
  if (own.some(({ isConfirmed }) => !isConfirmed)) {
    throw new Wrong(
      "alarmEmail has not been confirmed: nobody reads the alarms there",
      `Follow the link in AWS's e-mail to it. A new one: aws sns subscribe --region ${target.region} --topic-arn ${alarmTopicArn} --protocol email --notification-endpoint <alarmEmail>`,
    );
  }
  const confirmed = all.filter(({ isConfirmed }) => isConfirmed).length;
  if (confirmed === 0) throw new Wrong("nobody is told of alarms", subscribe);
  return { detail: `${confirmed} confirmed subscription(s) to the alarms`, value: undefined };
}

/** Not being allowed to ask is no fault of the market. */
async function ifAllowed<Value>(permission: string, ask: () => Promise<Value>): Promise<Value> {
  return ask().catch((error: unknown) => {
    if (!isAccessDenied(error)) throw error;
    throw new Skipped(
      "AWS does not let this user ask",
      `Allow ${permission} to whoever runs this command.`,
    );
  });
}
