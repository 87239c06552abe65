import { Stack } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";

/** Where a market's alarms go. People and tools subscribe here; `email` is subscribed by the stack. */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, email: string | null) {
    super(scope, id, { enforceSSL: true });
    // A topic policy replaces the default one, which lets the account's own alarms publish: without
    // this statement no alarm would ever be sent.
    const { account, partition, region, stackName } = Stack.of(this);
    this.addToResourcePolicy(
      new PolicyStatement({
        sid: "AllowAlarmsOfThisStack",
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [this.topicArn],
        conditions: {
          StringEquals: { "aws:SourceAccount": account },
          ArnLike: {
            "aws:SourceArn": `arn:${partition}:cloudwatch:${region}:${account}:alarm:${stackName}-*`,
          },
        },
      }),
    );
    if (email !== null) this.addSubscription(new EmailSubscription(email));
  }
}
