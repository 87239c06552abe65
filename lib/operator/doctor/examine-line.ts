import { channelSecretSchema } from "../../../lambdas/shared/line/channel-secret.ts";
import type { BrandStack } from "../market/stack.ts";
import { storedSecret } from "../market/stored-secret.ts";
import { operatorCommand, type Target } from "../market/target.ts";
import { identifyAccount } from "../platforms/identify-account.ts";
import type { LineAccount } from "../platforms/line-account.ts";
import { type Examination, Wrong } from "./examination.ts";
import { examineTemplates, LINE_TEMPLATES, templatesOf } from "./examine-templates.ts";

/** The threshold of the alarm of high severity. */
const QUOTA_PERCENT = 95;

/** Checks the brand's LINE side: secret, token, account, webhook, quota, and its templates if it has some. */
export async function examineLine(
  brand: BrandStack,
  target: Target,
  examination: Examination,
): Promise<void> {
  const { check, skip } = examination;
  const templates = templatesOf(target, brand.key);
  const ofTemplates = templates === undefined ? [] : [LINE_TEMPLATES];
  const setUp = `${operatorCommand("setup", target)} --brand ${brand.key}`;
  const secret = await check("LINE secret", `Store the credentials: ${setUp}`, async () => ({
    detail: "complete",
    value: await storedSecret(target.aws.secrets, brand.lineSecret, channelSecretSchema),
  }));
  if (secret === undefined) {
    skip(
      "there are no credentials",
      "LINE token",
      "LINE webhook",
      "LINE webhook test",
      "LINE quota",
      ...ofTemplates,
    );
    return;
  }
  const account = await check("LINE token", `Store the right credentials: ${setUp}`, async () => {
    const { account, bot } = await identifyAccount(target.platforms.lineApi, secret);
    return { detail: `of the account ${bot.basicId}`, value: account };
  });
  if (account === undefined) {
    skip("there is no token", "LINE webhook", "LINE webhook test", "LINE quota", ...ofTemplates);
    return;
  }
  await check("LINE webhook", `Set it: ${setUp}`, () => checkWebhook(account, brand, setUp));
  await check("LINE webhook test", `Set the webhook first: ${setUp}`, () => testWebhook(account));
  await check("LINE quota", "Look at the plan in LINE Official Account Manager.", () =>
    checkQuota(account),
  );
  if (templates !== undefined) await examineTemplates(templates, account, examination);
}

async function checkWebhook(account: LineAccount, { lineWebhook }: BrandStack, setUp: string) {
  const webhook = await account.webhook();
  if (webhook === undefined || webhook.url === "") {
    throw new Wrong("LINE has no webhook URL", `Set it: ${setUp}`);
  }
  if (webhook.url !== lineWebhook) {
    throw new Wrong(`LINE calls ${webhook.url} instead of ${lineWebhook}`, `Set it: ${setUp}`);
  }
  if (!webhook.isActive) {
    throw new Wrong(
      "Use webhook is switched off",
      "LINE Developers Console > the channel > Messaging API > Webhook settings: switch on Use webhook.",
    );
  }
  return { detail: "URL as deployed, in use", value: undefined };
}

async function testWebhook(account: LineAccount) {
  const { isOk, statusCode, reason, detail } = await account.testWebhook();
  if (isOk) return { detail: "LINE has called the webhook", value: undefined };
  const told = [reason, statusCode, detail].filter(Boolean).join(", ");
  throw new Wrong(`LINE's test failed: ${told}`, adviceFor(statusCode, reason));
}

/**
 * LINE's status of an answer that it did not get is 0 or negative.
 * https://developers.line.biz/en/reference/messaging-api/#test-webhook-endpoint
 */
function adviceFor(statusCode: number, reason: string): string {
  if (statusCode === 401) {
    return "The stored channel secret is not the one that LINE signs with: lib/cloud/RUNBOOK.md#signature-failures";
  }
  if ((statusCode >= 300 && statusCode < 400) || statusCode === 407) {
    return "Not the gateway answers there but something before it, a proxy or a domain of your own: let it pass requests on. LINE follows no redirect and signs in nowhere.";
  }
  if (reason === "COULD_NOT_CONNECT") {
    return "LINE got no connection, or it was cut before an answer: check that the webhook's address is the deployed one, that its TLS certificate is one that browsers trust, and that no firewall keeps LINE away.";
  }
  return statusCode > 0
    ? "Look at the log of the inbound function, and at the alarms."
    : "LINE got no answer in time: check that the webhook's address is the deployed one and can be reached from the internet, and look at the inbound function's duration.";
}

async function checkQuota(account: LineAccount) {
  const { limit, used } = await account.quota();
  if (limit === undefined) {
    return { detail: `${used} messages this month, no limit`, value: undefined };
  }
  const percent = limit === 0 ? 100 : (100 * used) / limit;
  const detail = `${used} of ${limit} messages of this month (${Math.floor(percent)} %)`;
  if (percent > QUOTA_PERCENT) {
    throw new Wrong(
      detail,
      "Take a larger plan or allow additional messages: lib/cloud/RUNBOOK.md#monthly-quota",
    );
  }
  return { detail, value: undefined };
}
