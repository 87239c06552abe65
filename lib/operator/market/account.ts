import { GetAccountSettingsCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { paginateListSubscriptionsByTopic, type SNSClient } from "@aws-sdk/client-sns";

/**
 * How many functions without a reservation of their own Lambda runs at a time in this region of the account. Needs
 * lambda:GetAccountSettings. Throws when AWS refuses, or does not say.
 */
export async function allowedAtOnce(lambda: LambdaClient): Promise<number> {
  const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
  const allowed = AccountLimit?.UnreservedConcurrentExecutions;
  if (allowed === undefined) throw new Error("Lambda does not say what the account is allowed");
  return allowed;
}

/** Somebody, or a tool, who gets a topic's messages once this is confirmed. */
export interface Subscription {
  /** An address, for example. */
  endpoint: string;
  isConfirmed: boolean;
}

/** A topic's subscriptions. Needs sns:ListSubscriptionsByTopic. Throws when AWS refuses. */
export async function subscriptionsOf(sns: SNSClient, topicArn: string): Promise<Subscription[]> {
  const found: Subscription[] = [];
  for await (const page of paginateListSubscriptionsByTopic(
    { client: sns },
    { TopicArn: topicArn },
  )) {
    for (const { Endpoint = "", SubscriptionArn = "" } of page.Subscriptions ?? []) {
      // In the place of the ARN stands PendingConfirmation, or Deleted.
      found.push({ endpoint: Endpoint, isConfirmed: SubscriptionArn.startsWith("arn:") });
    }
  }
  return found;
}
