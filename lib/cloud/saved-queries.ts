import { Stack } from "aws-cdk-lib";
import { QueryDefinition, QueryString } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import type { BridgeFunction } from "./bridge-function.ts";

/**
 * Questions to the functions' logs, saved in CloudWatch Logs Insights in a folder of the stack's name.
 * The names of fields are those that the functions log.
 */
export class SavedQueries extends Construct {
  constructor(scope: Construct, id: string, functions: BridgeFunction[]) {
    super(scope, id);
    const logGroups = functions.map(({ logGroup }) => logGroup);
    const save = (
      queryId: string,
      name: string,
      query: ConstructorParameters<typeof QueryString>[0],
    ) =>
      new QueryDefinition(this, queryId, {
        queryDefinitionName: `${Stack.of(this).stackName}/${name}`,
        queryString: new QueryString(query),
        logGroups,
      });

    save("FollowOneMessage", "Follow one message", {
      fields: ["@timestamp", "service", "level", "message", "brand", "receives", "errorMessage"],
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
        "coalesce(millisecondsSinceEvent, millisecondsSinceWebhook) as milliseconds",
      ],
      filterStatements: ["message like /^Delivered to/"],
      sort: "milliseconds desc",
      limit: 50,
    });
    save("FailuresByReason", "Failures by reason", {
      filterStatements: ['level in ["WARN", "ERROR"]'],
      statsStatements: [
        "count(*) as times by service, brand, message, reason, errorName, errorMessage",
      ],
      sort: "times desc",
    });
  }
}
