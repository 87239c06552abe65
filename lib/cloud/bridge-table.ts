import { RemovalPolicy, Validations } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";

/**
 * The market's state, each item with an expiry: idempotency records; the budget of requests that the
 * worker's instances share; how often trying a message has failed; of each customer the display name,
 * whether the account is blocked, and the last mark-as-read token; payloads of buttons that are too
 * long for LINE. Never message text.
 */
export class BridgeTable extends Table {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: "expiresAt",
      // Little is lost with it: idempotency records age out within days, what is known of customers
      // is learnt again from LINE, and taps on old buttons come through without their payload.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this).acknowledge({
      id: "AwsSolutions-DDB3",
      reason:
        "A point-in-time backup would keep erased personal data (customers' display names) for 35 days, and nothing in the table is worth restoring: all of it expires, and what matters is learnt again.",
    });
  }
}
