import {
  type IntegrationSecret,
  integrationSecretSchema,
} from "../../../lambdas/shared/genesys/integration-secret.ts";
import type { Clock } from "../clock.ts";
import { provingCredentials } from "../credentials/proving-credentials.ts";
import type { BrandStack } from "../market/stack.ts";
import { storedSecret } from "../market/stored-secret.ts";
import { operatorCommand, type Target } from "../market/target.ts";
import { type CallGenesys, connectGenesys, type OAuthClient } from "../platforms/genesys-api.ts";
import { callGenesysWebhook } from "../platforms/genesys-webhook.ts";
import { createOpenIntegrations, isShown } from "../platforms/open-integrations.ts";
import { type Examination, Skipped, Wrong } from "./examination.ts";
import { examineIntegration, INTEGRATION_CHECKS } from "./examine-integration.ts";
import { proveReceive } from "./prove-receive.ts";

/** Checks the brand's Genesys side: secret, token, permission, integration and what is attached to it, webhook. */
export async function examineGenesys(
  brand: BrandStack,
  target: Target,
  provisioning: OAuthClient | undefined,
  { check, skip }: Examination,
  { sleep }: Clock,
): Promise<void> {
  const setUp = `${operatorCommand("setup", target)} --brand ${brand.key}`;
  const secret = await check("Genesys secret", `Store the credentials: ${setUp}`, async () => ({
    detail: "complete",
    value: await storedSecret(target.aws.secrets, brand.genesysSecret, integrationSecretSchema),
  }));
  if (secret === undefined) {
    skip(
      "there are no credentials",
      "Genesys token",
      "Genesys permission",
      "Genesys integration",
      ...INTEGRATION_CHECKS,
      "Genesys webhook",
    );
    return;
  }
  const urls = { api: target.platforms.genesysApi, login: target.platforms.genesysLogin };
  const call = await check(
    "Genesys token",
    `Store the right OAuth client, or correct genesysRegion in cdk.json: ${setUp}`,
    async () => ({
      detail: "issued",
      value: await connectGenesys(urls, secret, sleep),
    }),
  );
  if (call === undefined) skip("there is no token", "Genesys permission");
  else {
    await check("Genesys permission", "Try again later.", async () => {
      await proveReceive(call, secret.integrationId, setUp);
      return { detail: "Genesys Cloud does not refuse the OAuth client", value: undefined };
    });
  }
  const seen = await check("Genesys integration", "Give the OAuth client for set-up.", async () => {
    if (provisioning === undefined) {
      throw new Skipped(
        "the bridge's own OAuth client may not read it",
        "Give an OAuth client with Messaging > Integration > View: --genesys-provisioning-client-id and -secret",
      );
    }
    const call = await provingCredentials(
      ["genesysProvisioningClientId", "genesysProvisioningClientSecret"],
      () => connectGenesys(urls, provisioning, sleep),
    );
    const { detail, integration } = await checkIntegration(call, { brand, secret, setUp }, sleep);
    return { detail, value: { call, integration } };
  });
  if (seen === undefined) skip("the integration was not seen", ...INTEGRATION_CHECKS);
  else {
    const { identityResolution } = target.settings;
    await examineIntegration(
      seen.integration,
      seen.call,
      { identityResolution, setUp },
      { check, skip },
    );
  }
  await check("Genesys webhook", "", async () => {
    const status = await callGenesysWebhook(brand.genesysWebhook, secret.webhookSecret);
    if (status === 200) return { detail: "accepts the stored webhook secret", value: undefined };
    throw new Wrong(
      `answered ${status} to a request signed with the stored webhook secret`,
      "Look at the log of the outbound-webhook function. The functions know a new secret after 30 seconds.",
    );
  });
}

async function checkIntegration(
  call: CallGenesys,
  { brand, secret, setUp }: { brand: BrandStack; secret: IntegrationSecret; setUp: string },
  sleep: (ms: number) => Promise<void>,
) {
  const integration = await createOpenIntegrations(call, sleep).get(secret.integrationId);
  if (integration === undefined) {
    throw new Wrong("there is none with the stored id", `Create it again: ${setUp}`);
  }
  const {
    createStatus,
    outboundNotificationWebhookUrl: url,
    outboundNotificationWebhookSignatureSecretToken: shown,
  } = integration;
  if (createStatus === "Initiated" || createStatus === "Error") {
    throw new Wrong(
      `its creation has the status ${createStatus}`,
      "Wait, or delete it under Message > Platform Integrations (Admin > Message > Platforms) and run set-up again.",
    );
  }
  if (url !== brand.genesysWebhook) {
    throw new Wrong(`it calls ${url || "nothing"} instead of ${brand.genesysWebhook}`, setUp);
  }
  if (!isShown(shown)) {
    return {
      detail: "created, URL as deployed (Genesys Cloud does not show its webhook secret)",
      integration,
    };
  }
  // The bridge must accept the secret that Genesys Cloud signs with.
  const status = await callGenesysWebhook(brand.genesysWebhook, shown);
  if (status !== 200) {
    throw new Wrong(
      `the bridge answered ${status} to a request signed with the integration's webhook secret`,
      `Store the bridge's secret in the integration: ${setUp}`,
    );
  }
  return { detail: "created, URL and webhook secret as deployed", integration };
}
