import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Table } from "../tables/table.ts";
import { rehearse } from "./rehearse.ts";

/**
 * Does before the first event what else the first event would have to wait for, while Lambda gives a starting
 * function a whole processor: reads from the table without the network, and loads what `fetch` is made of. Never
 * rejects.
 */
export async function prepareConsumer({ documents, name }: Table): Promise<void> {
  const command = new GetCommand({ TableName: name, Key: { pk: "none" } });
  await rehearse(command, { $metadata: {} }, () => documents.send(command));
  // Node loads it with the first of these.
  new Headers();
}
