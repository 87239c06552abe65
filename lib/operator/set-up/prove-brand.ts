import { integrationSecretSchema } from "../../../lambdas/shared/genesys/integration-secret.ts";
import type { Clock } from "../clock.ts";
import { Wrong } from "../doctor/examination.ts";
import { proveReceive } from "../doctor/prove-receive.ts";
import { describeError } from "../errors.ts";
import type { BrandStack } from "../market/stack.ts";
import { storedSecret } from "../market/stored-secret.ts";
import { operatorCommand, type Target } from "../market/target.ts";
import { connectGenesys } from "../platforms/genesys-api.ts";
import { callGenesysWebhook } from "../platforms/genesys-webhook.ts";
import type { LineAccount } from "../platforms/line-account.ts";

/** The result of a trial of one link of the chain. */
export interface Proof {
  isOk: boolean;
  text: string;
}

/** LINE uses a new URL within a minute, and the functions a new secret within seconds. */
const PAUSES_MS = [0, 3_000, 7_000, 20_000, 30_000, 30_000];

/** Proves a brand's webhooks and its OAuth client. Tries for up to 90 s, because changes take a while to arrive. */
export async function proveBrand(
  brand: BrandStack,
  target: Target,
  account: LineAccount,
  { sleep }: Clock,
): Promise<Proof[]> {
  const { integrationId, webhookSecret, ...client } = await storedSecret(
    target.aws.secrets,
    brand.genesysSecret,
    integrationSecretSchema,
  );
  const urls = { api: target.platforms.genesysApi, login: target.platforms.genesysLogin };

  async function patiently(prove: () => Promise<Proof>): Promise<Proof> {
    let last: Proof = { isOk: false, text: "" };
    for (const pause of PAUSES_MS) {
      await sleep(pause);
      last = await proof(prove);
      if (last.isOk) break;
    }
    return last;
  }

  return Promise.all([
    patiently(() => proveLineWebhook(account)),
    patiently(() => proveGenesysWebhook(brand.genesysWebhook, webhookSecret)),
    proof(async () => {
      const call = await connectGenesys(urls, client, sleep);
      await proveReceive(
        call,
        integrationId,
        `${operatorCommand("setup", target)} --brand ${brand.key}`,
      );
      return { isOk: true, text: "Genesys Cloud does not refuse the bridge's OAuth client" };
    }),
  ]);
}

/** A proof that cannot be tried has failed; the changes before it stay. */
async function proof(prove: () => Promise<Proof>): Promise<Proof> {
  try {
    return await prove();
  } catch (error) {
    const text = error instanceof Wrong ? `${error.message}: ${error.fix}` : describeError(error);
    return { isOk: false, text };
  }
}

async function proveLineWebhook(account: LineAccount): Promise<Proof> {
  const { isOk, statusCode, reason, detail } = await account.testWebhook();
  return isOk
    ? { isOk, text: "LINE has called the webhook, and the bridge knows its signature" }
    : {
        isOk,
        text: `LINE's test of the webhook failed: ${[reason, statusCode, detail].filter(Boolean).join(", ")}`,
      };
}

async function proveGenesysWebhook(url: string, webhookSecret: string): Promise<Proof> {
  const status = await callGenesysWebhook(url, webhookSecret);
  return status === 200
    ? { isOk: true, text: "the Genesys webhook accepts a request signed with the webhook secret" }
    : {
        isOk: false,
        text: `the Genesys webhook answered ${status} to a request signed with the webhook secret`,
      };
}
