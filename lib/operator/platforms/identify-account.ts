import type { ChannelSecret } from "../../../lambdas/shared/line/channel-secret.ts";
import { CredentialsWrong } from "../credentials/proving-credentials.ts";
import { type BotInfo, createLineAccount, type LineAccount } from "./line-account.ts";

/**
 * The account that a channel's credentials belong to. Throws ConfigurationFailure if LINE refuses them, and
 * CredentialsWrong if the access token belongs to another channel: then messages would go out by one channel
 * while webhooks come from the other.
 */
export async function identifyAccount(
  apiUrl: string,
  secret: ChannelSecret,
): Promise<{ account: LineAccount; bot: BotInfo }> {
  const account = createLineAccount(apiUrl, secret);
  const bot = await account.botInfo();
  const { channelId, channelSecret, channelAccessToken } = secret;
  if (channelAccessToken !== undefined) {
    const { userId } = await createLineAccount(apiUrl, { channelId, channelSecret }).botInfo();
    if (userId !== bot.userId) {
      throw new CredentialsWrong(
        "The LINE channel access token belongs to another channel than channel ID and channel secret: take all three from one channel.",
        ["lineChannelAccessToken"],
      );
    }
  }
  return { account, bot };
}
