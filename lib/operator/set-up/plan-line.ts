import { isDeepStrictEqual } from "node:util";
import { bodyFaults } from "../../../lambdas/shared/failures/body-faults.ts";
import { channelSecretSchema } from "../../../lambdas/shared/line/channel-secret.ts";
import { OperatorError } from "../errors.ts";
import { readFields, storeFields } from "../market/brand-secrets.ts";
import type { BrandStack } from "../market/stack.ts";
import type { Target } from "../market/target.ts";
import { identifyAccount } from "../platforms/identify-account.ts";
import type { LineAccount } from "../platforms/line-account.ts";
import { provingCredentials } from "../platforms/proving-credentials.ts";
import type { Terminal } from "../terminal.ts";
import { askCredential, askOptionalCredential, type GivenCredentials } from "./credentials.ts";
import type { Change } from "./set-up.ts";

export interface LinePlan {
  account: LineAccount;
  /** How people know the account, such as `@shop`. */
  basicId: string;
  storeSecret: Change[];
  setWebhook: Change[];
}

/** The channel's credentials: what was given, else what is stored, else what somebody types. */
export async function gatherChannel(
  brand: BrandStack,
  target: Target,
  given: GivenCredentials,
  terminal: Terminal,
) {
  const stored = await readFields(target.aws.secrets, brand.lineSecret);
  const { channelAccessToken: storedToken, ...others } = stored;
  const isAsked = (given.lineChannelSecret ?? stored.channelSecret) === undefined;
  const channelId =
    given.lineChannelId ?? stored.channelId ?? (await askCredential("lineChannelId", terminal));
  const channelSecret =
    given.lineChannelSecret ??
    stored.channelSecret ??
    (await askCredential("lineChannelSecret", terminal));
  // A stored token belongs to the stored channel.
  const isSameChannel = stored.channelId === channelId;
  const channelAccessToken =
    given.lineChannelAccessToken ??
    (isSameChannel ? storedToken : undefined) ??
    (isAsked ? await askOptionalCredential("lineChannelAccessToken", terminal) : undefined);
  const wanted: Record<string, string> = {
    ...others,
    channelId,
    channelSecret,
    ...(channelAccessToken && { channelAccessToken }),
  };
  return { stored, wanted };
}

/** What is to be done at LINE and with the brand's LINE secret. Throws when LINE refuses the credentials. */
export async function planLine(
  brand: BrandStack,
  target: Target,
  { stored, wanted }: Awaited<ReturnType<typeof gatherChannel>>,
): Promise<LinePlan> {
  const { lineApi } = target.platforms;
  const { lineSecret, lineWebhook } = brand;
  const { data: secret, error } = channelSecretSchema.safeParse(wanted);
  if (secret === undefined) {
    throw new OperatorError(
      `What the secret ${lineSecret} holds cannot be used (${bodyFaults(error)}): give the right value to set-up.`,
    );
  }
  const { account, bot } = await provingCredentials(
    [
      "lineChannelId",
      "lineChannelSecret",
      ...(secret.channelAccessToken === undefined ? [] : (["lineChannelAccessToken"] as const)),
    ],
    () => identifyAccount(lineApi, secret),
  );
  const webhook = await account.webhook();
  const isStored = isDeepStrictEqual(stored, wanted);
  return {
    account,
    basicId: bot.basicId,
    storeSecret: isStored
      ? []
      : [
          {
            text: `store the LINE channel's credentials in the secret ${lineSecret}`,
            apply: () => storeFields(target.aws.secrets, lineSecret, wanted),
          },
        ],
    setWebhook:
      webhook?.url === lineWebhook
        ? []
        : [
            {
              text: `set the LINE channel's webhook URL to ${lineWebhook} (now ${webhook?.url || "none"})`,
              apply: () => account.setWebhook(lineWebhook),
            },
          ],
  };
}
