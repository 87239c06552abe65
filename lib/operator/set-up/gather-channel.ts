import { askCredential, askOptionalCredential } from "../credentials/ask-credential.ts";
import type { GivenCredentials } from "../credentials/given-credentials.ts";
import { readFields } from "../market/secret-fields.ts";
import type { BrandStack } from "../market/stack.ts";
import type { Target } from "../market/target.ts";
import type { Terminal } from "../terminal.ts";

export interface Channel {
  /** The fields of the brand's LINE secret as they are, and as they are to be. */
  stored: Record<string, string>;
  wanted: Record<string, string>;
}

/** The channel's credentials: given ones first, then stored ones, then what a person types. */
export async function gatherChannel(
  brand: BrandStack,
  target: Target,
  given: GivenCredentials,
  terminal: Terminal,
): Promise<Channel> {
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

/** The same channel with what was typed again; an empty access token is left out. */
export function retypeChannel({ stored, wanted }: Channel, typed: GivenCredentials): Channel {
  const { channelAccessToken, ...others } = wanted;
  const { lineChannelId, lineChannelSecret, lineChannelAccessToken } = typed;
  const token = lineChannelAccessToken ?? channelAccessToken;
  return {
    stored,
    wanted: {
      ...others,
      ...(lineChannelId && { channelId: lineChannelId }),
      ...(lineChannelSecret && { channelSecret: lineChannelSecret }),
      ...(token && { channelAccessToken: token }),
    },
  };
}
