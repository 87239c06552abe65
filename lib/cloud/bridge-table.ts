import { RemovalPolicy, Validations } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";

/**
 * The market's state. Each item expires: idempotency records; the budget of requests that the worker's
 * instances share; how often a message has failed; each customer's display name, whether the customer
 * has blocked the account, and the last mark-as-read token; payloads of buttons that are too long for
 * LINE. Message text only where a brand asks for it by `quotes`.
 */
export class BridgeTable extends Table {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: "expiresAt",
      // Little is lost with the table: idempotency records expire within days, LINE tells customers'
      // names again, and taps on old buttons arrive without their payload.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this).acknowledge({
      id: "AwsSolutions-DDB3",
      reason:
        "A point-in-time backup would keep erased personal data (customers' display names) for 35 days, and nothing in the table is worth restoring: all of it expires, and LINE tells again what matters.",
    });
  }
}
