import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { RotatingSecret } from "../secrets/rotating-secret.ts";
import type { Table } from "../tables/table.ts";

const READ_MS = 500;

/**
 * Does before the first event what the first event would otherwise wait for, while Lambda gives a starting
 * function a whole processor: reads `secrets`, and connects to DynamoDB by reading an item that does not exist.
 * Never rejects, and takes less than a second.
 */
export async function prepareConsumer(
  { documents, name: TableName }: Table,
  secrets: readonly Pick<RotatingSecret<unknown>, "readAhead">[],
): Promise<void> {
  const read = new GetCommand({ TableName, Key: { pk: "none" } });
  await Promise.all([
    ...secrets.map((secret) => secret.readAhead()),
    documents.send(read, { abortSignal: AbortSignal.timeout(READ_MS) }).catch(() => undefined),
  ]);
}
