import { messagingApi } from "@line/bot-sdk";
import * as z from "zod";
import type { CountAnswer } from "../platform/count-answer.ts";
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

/** The part of the LINE Messaging API that the bridge calls, for one account. Each call throws RetryableFailure, ConfigurationFailure or PermanentFailure. */
export interface LineClient {
  /**
   * Pushes 1 to 5 messages to a user, group or room. `retryKey` (a UUID) makes a repetition within
   * 24 h harmless: LINE answers 409 and this resolves.
   * https://developers.line.biz/en/reference/messaging-api/#send-push-message
   */
  push(to: string, messages: messagingApi.Message[], retryKey: string): Promise<void>;
  /**
   * The display name of a user or member, or the name of a group.
   * https://developers.line.biz/en/reference/messaging-api/#get-profile
   */
  displayName(party: LineParty): Promise<string>;
  /**
   * Shows that the account is about to write, for 5 to 60 s in steps of 5; to users only.
   * https://developers.line.biz/en/reference/messaging-api/#display-a-loading-indicator
   */
  showLoading(userId: string, seconds: number): Promise<void>;
  /**
   * Marks the message that came with this token, and all before it, as read.
   * https://developers.line.biz/en/reference/messaging-api/#mark-as-read
   */
  markAsRead(markAsReadToken: string): Promise<void>;
  /**
   * Messages a month that the account's plan holds (undefined: no limit) and how many are used, those
   * sent in LINE Official Account Manager included.
   * https://developers.line.biz/en/reference/messaging-api/#get-quota
   */
  quota(): Promise<{ limit: number | undefined; used: number }>;
}

interface LineClientDependencies {
  apiUrl: string;
  withLineToken: WithLineToken;
  countAnswer: CountAnswer;
}

/** Makes a call of the SDK with the account's token and within a time limit; throws as LineClient does. */
export type CallLine = <Result>(
  timeoutMs: number,
  request: (client: messagingApi.MessagingApiClient) => Promise<Result>,
) => Promise<Result>;

export function createCallLine({
  apiUrl,
  withLineToken,
  countAnswer,
}: LineClientDependencies): CallLine {
  return (timeoutMs, request) =>
    withLineToken(async (channelAccessToken) => {
      const client = new messagingApi.MessagingApiClient({ channelAccessToken, baseURL: apiUrl });
      try {
        return await sdkCall(timeoutMs, request(client), countAnswer);
      } catch (error) {
        throw lineFailure(error);
      }
    });
}

export function createLineClient(deps: LineClientDependencies): LineClient {
  const call = createCallLine(deps);
  return {
    async push(to, messages, retryKey) {
      await call(PUSH_TIMEOUT_MS, (client) =>
        client.pushMessage({ to, messages }, retryKey).catch((error: unknown) => {
          if (!isAlreadyAccepted(error)) throw error;
        }),
      );
    },
    async displayName(party) {
      const answer = await call(SIDE_CALL_TIMEOUT_MS, (client) => profile(client, party));
      const group = groupAnswer.safeParse(answer);
      return group.success ? group.data.groupName : profileAnswer.parse(answer).displayName;
    },
    async showLoading(userId, loadingSeconds) {
      await call(SIDE_CALL_TIMEOUT_MS, (client) =>
        client.showLoadingAnimation({ chatId: userId, loadingSeconds }),
      );
    },
    async markAsRead(markAsReadToken) {
      await call(SIDE_CALL_TIMEOUT_MS, (client) =>
        client.markMessagesAsReadByToken({ markAsReadToken }),
      );
    },
    async quota() {
      const [quota, consumption] = await Promise.all([
        call(QUOTA_TIMEOUT_MS, (client) => client.getMessageQuota()),
        call(QUOTA_TIMEOUT_MS, (client) => client.getMessageQuotaConsumption()),
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
