import { Stack } from "aws-cdk-lib";
import { QueryDefinition, QueryString } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { BridgeFunction } from "./bridge-function.ts";
import type { WebhookApi } from "./webhook-api.ts";

/**
 * Queries for the logs of the functions and of the HTTP API, saved in CloudWatch Logs Insights in a
 * folder with the stack's name. They name the fields that are logged.
 */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, functions: BridgeFunction[], api: WebhookApi) {
    super(scope, id);
    const functionLogs = functions.map(({ logGroup }) => logGroup);
    const save = (
      queryId: string,
      name: string,
      query: ConstructorParameters<typeof QueryString>[0],
      logGroups = functionLogs,
    ) =>
      new QueryDefinition(this, queryId, {
        queryDefinitionName: `${Stack.of(this).stackName}/${name}`,
        queryString: new QueryString(query),
        logGroups,
      });

    save("FollowOneMessage", "Follow one message", {
      fields: [
        "@timestamp",
        "service",
        "level",
        "message",
        "brand",
        "status",
        "receives",
        "reason",
        "errorMessage",
        "contextId",
      ],
      filterStatements: [
        'correlationId = "webhookEventId of LINE, or message id of Genesys Cloud"',
      ],
      sort: "@timestamp asc",
    });
    save("SlowestDeliveries", "Slowest deliveries", {
      fields: [
        "@timestamp",
        "service",
        "brand",
        "correlationId",
        "messageId",
        "coalesce(millisecondsSinceEvent, millisecondsSinceMessage) as milliseconds",
      ],
      filterStatements: ["message like /^Delivered to/"],
      sort: "milliseconds desc",
      limit: 50,
    });
    save("DeliveriesByKind", "Deliveries by kind", {
      filterStatements: ["message like /^Delivered to/"],
      statsStatements: ["count(*) as messages by service, brand, kind"],
      sort: "messages desc",
    });
    save("FailuresByReason", "Failures by reason", {
      filterStatements: ['level in ["WARN", "ERROR"]'],
      statsStatements: [
        "count(*) as times by service, brand, message, reason, errorName, errorMessage, statusCode, fault",
      ],
      sort: "times desc",
    });
    save(
      "WebhookAnswers",
      "Webhook answers",
      { statsStatements: ["count(*) as times by path, status, error"], sort: "times desc" },
      [api.accessLog],
    );
  }
}
