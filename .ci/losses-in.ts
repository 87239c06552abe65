import * as z from "zod";

/**
 * A change set as `aws cloudformation describe-change-set --output json` prints it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html
 */
const changeSetSchema = z.looseObject({
  Status: z.string(),
  StatusReason: z.string().optional(),
  /** There is more than this page. */
  NextToken: z.string().nullish(),
  Changes: z
    .array(
      z.looseObject({
        ResourceChange: z
          .looseObject({
            Action: z.string(),
            LogicalResourceId: z.string(),
            ResourceType: z.string(),
            Replacement: z.string().optional(),
          })
          .optional(),
      }),
    )
    .default([]),
});

/** What becomes of a resource that holds data. */
export interface Loss {
  id: string;
  type: string;
  /** `removed`, `replaced`, or `perhaps replaced`. */
  how: string;
}

/**
 * What holds data, or has an address that others know: links to media stand in chats, LINE and Genesys Cloud call the
 * API, and a person has confirmed the alarms' e-mail.
 */
export const HOLDS_DATA: readonly string[] = [
  "AWS::ApiGatewayV2::Api",
  "AWS::ApiGatewayV2::Stage",
  "AWS::CloudFront::Distribution",
  "AWS::DynamoDB::Table",
  "AWS::S3::Bucket",
  "AWS::SNS::Subscription",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
  "AWS::SecretsManager::Secret",
];

const HARMLESS: readonly string[] = ["Add", "Import"];

/** CloudFormation fails a change set that changes nothing. */
const NO_CHANGES =
  /^(?:The submitted information didn't contain changes|No updates are to be performed)/;

/** What a change set would lose. Throws where it is none that can be executed, or is not complete. */
export function lossesIn(described: unknown): Loss[] {
  const { Status, StatusReason = "", NextToken, Changes } = changeSetSchema.parse(described);
  if (Status === "FAILED" && NO_CHANGES.test(StatusReason)) return [];
  if (Status !== "CREATE_COMPLETE") throw new Error(`The change set is ${Status}: ${StatusReason}`);
  if (NextToken) throw new Error("The change set has more pages than this one.");
  return Changes.flatMap(({ ResourceChange }) => {
    if (ResourceChange === undefined) return [];
    const { Action, LogicalResourceId: id, ResourceType: type, Replacement } = ResourceChange;
    if (!HOLDS_DATA.includes(type)) return [];
    const how = fate(Action, Replacement);
    return how === undefined ? [] : [{ id, type, how }];
  });
}

/** Undefined where nothing is lost. An action that this does not know counts as a loss. */
function fate(action: string, replacement: string | undefined): string | undefined {
  if (HARMLESS.includes(action)) return undefined;
  if (action === "Remove") return "removed";
  if (action !== "Modify") return `changed by ${action}`;
  if (replacement === "False") return undefined;
  return replacement === "True" ? "replaced" : "perhaps replaced";
}
