import { randomUUID } from "node:crypto";
import type { HttpServer } from "../http-server.ts";
import { ACCOUNT_ID, type SubscriptionDefinition } from "../template/stack-definition.ts";
import { startAwsServer } from "./aws-server.ts";
import { element, queryAnswers, text, unknownAction } from "./query-protocol.ts";

const { result, refusal } = queryAnswers("http://sns.amazonaws.com/doc/2010-03-31/");

/**
 * Starts a stand-in for Amazon SNS (Query protocol) that knows the template's topics and who is subscribed to them,
 * as if everybody had confirmed it. It answers ListSubscriptionsByTopic, in one page, and NotFound for another
 * topic; other actions are InvalidAction. Nothing is ever published here: a local run has no alarms.
 * https://docs.aws.amazon.com/sns/latest/api/API_ListSubscriptionsByTopic.html
 */
export function startSns(
  topicArns: readonly string[],
  subscriptions: readonly SubscriptionDefinition[],
): Promise<HttpServer> {
  return startAwsServer(async ({ body }) => {
    const parameters = new URLSearchParams(body.toString("utf8"));
    if (parameters.get("Action") !== "ListSubscriptionsByTopic") {
      return refusal(...unknownAction(parameters));
    }
    const topicArn = parameters.get("TopicArn") ?? "";
    if (!topicArns.includes(topicArn)) return refusal(404, "NotFound", "Topic does not exist");
    const members = subscriptions.filter((each) => each.topicArn === topicArn).map(member);
    return result("ListSubscriptionsByTopic", element("Subscriptions", ...members));
  });
}

function member({ topicArn, protocol, endpoint }: SubscriptionDefinition): string {
  return element(
    "member",
    text("SubscriptionArn", `${topicArn}:${randomUUID()}`),
    text("Owner", ACCOUNT_ID),
    text("Protocol", protocol),
    text("Endpoint", endpoint),
    text("TopicArn", topicArn),
  );
}
