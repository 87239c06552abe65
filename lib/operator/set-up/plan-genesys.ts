import { isDeepStrictEqual } from "node:util";
import type { Clock } from "../clock.ts";
import { provingCredentials } from "../credentials/proving-credentials.ts";
import { OperatorError } from "../errors.ts";
import { readFieldsBefore, storeFields } from "../market/secret-fields.ts";
import type { BrandStack } from "../market/stack.ts";
import type { Target } from "../market/target.ts";
import { connectGenesys } from "../platforms/genesys-api.ts";
import {
  createOpenIntegrations,
  isShown,
  type OpenIntegration,
  type OpenIntegrations,
} from "../platforms/open-integrations.ts";
import type { Change } from "./change.ts";
import type { GenesysClients } from "./gather-clients.ts";
import {
  createIntegration,
  describeStore,
  integrationName,
  type StoreGenesys,
  updateIntegration,
} from "./integration-changes.ts";
import { planSteps, stepsUnseen } from "./steps/plan-steps.ts";
import type { StepPlan } from "./steps/step-plan.ts";

/**
 * The changes in Genesys Cloud and in the brand's Genesys secret. Throws when Genesys Cloud refuses a client or what
 * no integration can do without, and UsageError for a flow that cannot be attached.
 */
export async function planGenesys(
  brand: BrandStack,
  target: Target,
  { stored, runtime, provisioning }: GenesysClients,
  { flow, renewsSecret }: { flow: string | undefined; renewsSecret: boolean },
  { now, sleep }: Clock,
): Promise<StepPlan> {
  const urls = { api: target.platforms.genesysApi, login: target.platforms.genesysLogin };
  // Proves that the bridge will get its tokens.
  await provingCredentials(["genesysClientId", "genesysClientSecret"], () =>
    connectGenesys(urls, runtime, sleep),
  );
  const store: StoreGenesys = (fields) =>
    storeFields(target.aws.secrets, brand.genesysSecret, { ...stored, ...runtime, ...fields });
  const storeClient: Change[] = isDeepStrictEqual(stored, { ...stored, ...runtime })
    ? []
    : [{ text: describeStore("the OAuth client", brand), apply: () => store({}) }];
  const wishes = { flow, identityResolution: target.settings.identityResolution };
  if (provisioning === undefined) {
    const note =
      "The open messaging integration was not checked: give the OAuth client for set-up to have it checked.";
    const byHand = stepsUnseen(integrationName(brand), brand.name, wishes);
    return { changes: storeClient, byHand, notes: [note] };
  }
  const call = await provingCredentials(
    ["genesysProvisioningClientId", "genesysProvisioningClientSecret"],
    () => connectGenesys(urls, provisioning, sleep),
  );
  const integrations = createOpenIntegrations(call, sleep);
  const existing = await findIntegration(brand, stored.integrationId, integrations);
  let createdId: string | undefined;
  const made = async () => {
    const id = existing?.id ?? createdId;
    const integration = id === undefined ? undefined : await integrations.get(id);
    if (integration !== undefined) return integration;
    throw new OperatorError("Genesys Cloud has lost the integration: run set-up again.");
  };
  // This throws an error that says what to do.
  if (existing?.createStatus === "Error") await integrations.completed(existing.id);
  const own =
    existing === undefined
      ? [
          createIntegration(brand, integrations, store, (id) => {
            createdId = id;
          }),
        ]
      : updateIntegration(brand, existing, stored, {
          ...{ integrations, store, storeClient, renewsSecret, sleep },
          isUnsure: await mayNotHave(existing, stored, () =>
            readFieldsBefore(target.aws.secrets, brand.genesysSecret, now()),
          ),
        });
  const name = existing?.name || integrationName(brand);
  const steps = await planSteps({ name, present: existing, made }, brand.name, wishes, {
    call,
    integrations,
  });
  return { ...steps, changes: [...own, ...steps.changes] };
}

/** Whether an integration that hides its secret may have another than the one that was stored within the last day. */
async function mayNotHave(
  { outboundNotificationWebhookSignatureSecretToken: shown }: OpenIntegration,
  { webhookSecret }: Record<string, string>,
  readBefore: () => Promise<Record<string, string> | undefined>,
): Promise<boolean> {
  if (isShown(shown) || webhookSecret === undefined) return false;
  const before = (await readBefore())?.webhookSecret;
  return before !== undefined && before !== webhookSecret;
}

async function findIntegration(
  { genesysWebhook }: BrandStack,
  storedId: string | undefined,
  integrations: OpenIntegrations,
): Promise<OpenIntegration | undefined> {
  const known = storedId === undefined ? undefined : await integrations.get(storedId);
  if (known !== undefined) return known;
  const [first, ...others] = await integrations.withWebhook(genesysWebhook);
  if (others.length === 0) return first;
  const ids = [first, ...others].flatMap((one) => one?.id ?? []).join(", ");
  throw new OperatorError(
    `Several integrations of Genesys Cloud call ${genesysWebhook}: ${ids}. Delete all but one under Message > Platform Integrations (Admin > Message > Platforms).`,
  );
}
