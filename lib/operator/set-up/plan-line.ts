import { isDeepStrictEqual } from "node:util";
import { bodyFaults } from "../../../lambdas/shared/failures/body-faults.ts";
import { channelSecretSchema } from "../../../lambdas/shared/line/channel-secret.ts";
import { provingCredentials } from "../credentials/proving-credentials.ts";
import { OperatorError } from "../errors.ts";
import { storeFields } from "../market/secret-fields.ts";
import type { BrandStack } from "../market/stack.ts";
import type { Target } from "../market/target.ts";
import { identifyAccount } from "../platforms/identify-account.ts";
import type { LineAccount } from "../platforms/line-account.ts";
import type { Change } from "./change.ts";
import type { Channel } from "./gather-channel.ts";

export interface LinePlan {
  account: LineAccount;
  /** The account's name for people, such as `@shop`. */
  basicId: string;
  storeSecret: Change[];
  setWebhook: Change[];
}

/** The changes at LINE and in the brand's LINE secret. Throws when LINE refuses the credentials. */
export async function planLine(
  brand: BrandStack,
  target: Target,
  { stored, wanted }: Channel,
): Promise<LinePlan> {
  const { lineApi } = target.platforms;
  const { lineSecret, lineWebhook } = brand;
  const { data: secret, error } = channelSecretSchema.safeParse(wanted);
  if (secret === undefined) {
    throw new OperatorError(
      `The values of the secret ${lineSecret} cannot be used (${bodyFaults(error)}): give the right ones to set-up.`,
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
