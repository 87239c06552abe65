import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/**
 * For how long to keep what a redriven message asks for: a message is tried for 23 h, and its dead letter kept for 14
 * days.
 */
export const OUTLIVES_LETTERS_SECONDS = 16 * 86_400;

/**
 * The market's table in DynamoDB. Items have the attribute `expiresAt` (s), which readers check themselves: DynamoDB
 * deletes late.
 */
export interface Table {
  documents: DynamoDBDocumentClient;
  name: string;
  /** In ms. */
  now(): number;
}
