import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { genesysSecretName, lineSecretName } from "../../lambdas/shared/contract/secret-names.ts";
import type { LocalRun } from "../../lib/local/local-run.ts";
import type { Ledger } from "./ledger.ts";

/** Between the two halves of a rotation. */
const BETWEEN_MS = 2_000;

/**
 * Rotates all secrets of all brands: of every other brand the platform's side first, then the store.
 * Genesys Cloud's webhook secret is always stored first: Genesys does not repeat what got a 401.
 */
export async function rotateAll(run: LocalRun, ledger: Ledger): Promise<void> {
  const { channels, integrations } = run;
  await Promise.all(
    channels.map(async (channel, nth) => {
      const integration = integrations[nth];
      if (integration === undefined) return;
      const market = run.ready.market;
      const isPlatformFirst = nth % 2 === 0;
      const channelSecret = randomBytes(16).toString("hex");
      const clientSecret = randomBytes(32).toString("base64url");
      const webhookSecret = randomBytes(24).toString("hex");
      for (const secret of [channelSecret, clientSecret, webhookSecret]) ledger.secrets.add(secret);

      const platform = () => {
        channel.channelSecret = channelSecret;
        integration.clientSecret = clientSecret;
        ledger.count("secret rotated at the platform");
      };
      const store = () => {
        change(run, lineSecretName(market, channel.brandKey), { channelSecret });
        change(run, genesysSecretName(market, channel.brandKey), { clientSecret, webhookSecret });
        ledger.count("secret rotated in the store");
      };
      if (isPlatformFirst) platform();
      else store();
      await delay(BETWEEN_MS);
      if (isPlatformFirst) store();
      else platform();
      integration.webhookSecret = webhookSecret;
    }),
  );
}

function change({ stack }: LocalRun, name: string, fields: Record<string, string>): void {
  const stored: object = JSON.parse(stack.secrets.get(name));
  stack.secrets.put(name, JSON.stringify({ ...stored, ...fields }));
}
