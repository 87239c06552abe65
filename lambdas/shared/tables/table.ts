import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/** The market's table in DynamoDB. Items have the attribute `expiresAt` (s), which readers check themselves: DynamoDB deletes late. */
export interface Table {
  documents: DynamoDBDocumentClient;
  name: string;
  /** In ms. */
  now(): number;
}
