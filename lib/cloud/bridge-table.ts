import { RemovalPolicy, Validations } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table } from "aws-cdk-lib/aws-dynamodb";
import type { Construct } from "constructs";

/**
 * The market's state, each item with an expiry: idempotency records and what is known of a
 * customer. Never message text.
 */
export class BridgeTable extends Table {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: { name: "pk", type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: "expiresAt",
      // Everything in it is derived: idempotency records age out within days, and display names
      // are read from LINE again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this).acknowledge({
      id: "AwsSolutions-DDB3",
      reason:
        "A point-in-time backup would keep erased personal data (customers' display names) for 35 days, and nothing in the table is worth restoring: all of it is derived and expires.",
    });
  }
}
