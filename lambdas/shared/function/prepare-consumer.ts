import { GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { RotatingSecret } from "../secrets/rotating-secret.ts";
import type { Table } from "../tables/table.ts";
import { rehearse } from "./rehearse.ts";

const READ_MS = 500;

/**
 * Does before the first event what the first event would otherwise wait for, while Lambda gives a starting
 * function a whole processor: reads `secrets`, connects to DynamoDB by reading an item that does not exist, and
 * writes to the table without the network. Never rejects, and takes less than a second.
 */
export async function prepareConsumer(
  { documents, name: TableName }: Table,
  secrets: readonly Pick<RotatingSecret<unknown>, "readAhead">[],
): Promise<void> {
  const Key = { pk: "none" };
  const read = new GetCommand({ TableName, Key });
  const write = new UpdateCommand({
    TableName,
    Key,
    UpdateExpression: "SET heardAt = :at",
    ExpressionAttributeValues: { ":at": 0 },
    ReturnValues: "ALL_NEW",
  });
  await Promise.all([
    ...secrets.map((secret) => secret.readAhead()),
    documents.send(read, { abortSignal: AbortSignal.timeout(READ_MS) }).catch(() => undefined),
    rehearse(write, { $metadata: {} }, () => documents.send(write)),
  ]);
}
