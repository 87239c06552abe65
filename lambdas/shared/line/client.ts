import { messagingApi } from "@line/bot-sdk";
import * as z from "zod";
import type { OnAnswer } from "../platform/answer-class.ts";
import type { WithLineToken } from "./access-token.ts";
import { isAlreadyAccepted, lineFailure } from "./failures.ts";
import { sdkCall } from "./sdk-call.ts";

const PUSH_TIMEOUT_MS = 10_000;
/** For what only adds comfort and must not hold a customer up. */
const SIDE_CALL_TIMEOUT_MS = 1_000;
const QUOTA_TIMEOUT_MS = 5_000;

const profileAnswer = z.object({ displayName: z.string() });
const groupAnswer = z.object({ groupName: z.string() });
const quotaAnswer = z.object({ type: z.string(), value: z.number().optional() });
const consumptionAnswer = z.object({ totalUsage: z.number() });

/** Someone or something in LINE that has a name. LINE has no names for rooms. */
export type LineParty =
  | { userId: string }
  | { groupId: string }
  | { groupId: string; memberId: string }
  | { roomId: string; memberId: string };

/** The part of the LINE Messaging API that the bridge calls. Each call throws RetryableFailure, ConfigurationFailure or PermanentFailure. */
export interface LineClient {
  /**
   * Pushes 1 to 5 messages to a user, group or room. `retryKey` (a UUID) makes a repetition within
   * 24 h harmless: LINE answers 409 and this resolves.
   * https://developers.line.biz/en/reference/messaging-api/#send-push-message
   */
  push(
    brand: string,
    to: string,
    messages: messagingApi.Message[],
    retryKey: string,
  ): Promise<void>;
  /**
   * The display name of a user or member, or the name of a group.
   * https://developers.line.biz/en/reference/messaging-api/#get-profile
   */
  displayName(brand: string, party: LineParty): Promise<string>;
  /**
   * Shows that the account is about to write, for 5 to 60 s in steps of 5; to users only.
   * https://developers.line.biz/en/reference/messaging-api/#display-a-loading-indicator
   */
  showLoading(brand: string, userId: string, seconds: number): Promise<void>;
  /**
   * Marks the message that came with this token, and all before it, as read.
   * https://developers.line.biz/en/reference/messaging-api/#mark-as-read
   */
  markAsRead(brand: string, markAsReadToken: string): Promise<void>;
  /**
   * Messages a month that the account's plan holds (undefined: no limit) and how many are used, those
   * sent in LINE Official Account Manager included.
   * https://developers.line.biz/en/reference/messaging-api/#get-quota
   */
  quota(brand: string): Promise<{ limit: number | undefined; used: number }>;
}

interface LineClientDependencies {
  apiUrl: string;
  withLineToken: WithLineToken;
  onAnswer?: OnAnswer;
}

/** Makes a call of the SDK with the brand's token and within a time limit; throws as LineClient does. */
export type CallLine = <Result>(
  brand: string,
  timeoutMs: number,
  request: (client: messagingApi.MessagingApiClient) => Promise<Result>,
) => Promise<Result>;

export function createCallLine({
  apiUrl,
  withLineToken,
  onAnswer = () => undefined,
}: LineClientDependencies): CallLine {
  return (brand, timeoutMs, request) =>
    withLineToken(brand, async (channelAccessToken) => {
      const client = new messagingApi.MessagingApiClient({ channelAccessToken, baseURL: apiUrl });
      try {
        return await sdkCall(timeoutMs, request(client), onAnswer);
      } catch (error) {
        throw lineFailure(error);
      }
    });
}

export function createLineClient(deps: LineClientDependencies): LineClient {
  const call = createCallLine(deps);
  return {
    async push(brand, to, messages, retryKey) {
      await call(brand, PUSH_TIMEOUT_MS, (client) =>
        client.pushMessage({ to, messages }, retryKey).catch((error: unknown) => {
          if (!isAlreadyAccepted(error)) throw error;
        }),
      );
    },
    async displayName(brand, party) {
      const answer = await call(brand, SIDE_CALL_TIMEOUT_MS, (client) => profile(client, party));
      const group = groupAnswer.safeParse(answer);
      return group.success ? group.data.groupName : profileAnswer.parse(answer).displayName;
    },
    async showLoading(brand, userId, loadingSeconds) {
      await call(brand, SIDE_CALL_TIMEOUT_MS, (client) =>
        client.showLoadingAnimation({ chatId: userId, loadingSeconds }),
      );
    },
    async markAsRead(brand, markAsReadToken) {
      await call(brand, SIDE_CALL_TIMEOUT_MS, (client) =>
        client.markMessagesAsReadByToken({ markAsReadToken }),
      );
    },
    async quota(brand) {
      const [quota, consumption] = await Promise.all([
        call(brand, QUOTA_TIMEOUT_MS, (client) => client.getMessageQuota()),
        call(brand, QUOTA_TIMEOUT_MS, (client) => client.getMessageQuotaConsumption()),
      ]);
      const { type, value } = quotaAnswer.parse(quota);
      const { totalUsage } = consumptionAnswer.parse(consumption);
      return { limit: type === "limited" ? value : undefined, used: totalUsage };
    },
  };
}

function profile(client: messagingApi.MessagingApiClient, party: LineParty): Promise<unknown> {
  if ("userId" in party) return client.getProfile(party.userId);
  if ("roomId" in party) return client.getRoomMemberProfile(party.roomId, party.memberId);
  if ("memberId" in party) return client.getGroupMemberProfile(party.groupId, party.memberId);
  return client.getGroupSummary(party.groupId);
}
