import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { Table } from "../tables/table.ts";
import { tableKeys } from "../tables/table-keys.ts";
import { type BreakerState, breakerState, CLOSED } from "./breaker-state.ts";

/** A state and which one it is; 0: there is none yet. */
export interface StoredState {
  state: BreakerState;
  version: number;
}

/** What all instances know of the hosts of one brand. Every call throws when DynamoDB cannot be reached. */
export interface BreakerTable {
  read(host: string): Promise<StoredState>;
  /** What is stored now; undefined if somebody else has written after `before`. */
  write(host: string, before: StoredState, state: BreakerState): Promise<StoredState | undefined>;
}

const KEPT_SECONDS = 86_400;

const item = z.object({ version: z.number(), expiresAt: z.number() });

export function createBreakerTable(brand: string, table: Table): BreakerTable {
  const { documents, name: TableName, now } = table;
  const keyOf = (host: string) => ({ pk: tableKeys.breaker(brand, host) });

  return {
    async read(host) {
      const { Item } = await documents.send(
        new GetCommand({ TableName, Key: keyOf(host), ConsistentRead: true }),
      );
      const { version = 0, expiresAt = 0 } = item.safeParse(Item).data ?? {};
      // DynamoDB deletes expired items late, so their version still counts.
      const state = expiresAt * 1_000 > now() ? breakerState.safeParse(Item).data : undefined;
      return { state: state ?? CLOSED, version };
    },
    async write(host, { version }, state) {
      const after = version + 1;
      try {
        await documents.send(
          new PutCommand({
            TableName,
            Item: {
              ...keyOf(host),
              version: after,
              ...defined(state),
              expiresAt: Math.ceil(now() / 1_000) + KEPT_SECONDS,
            },
            ...(version === 0
              ? { ConditionExpression: "attribute_not_exists(pk)" }
              : {
                  ConditionExpression: "#version = :before",
                  ExpressionAttributeNames: { "#version": "version" },
                  ExpressionAttributeValues: { ":before": version },
                }),
          }),
        );
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
      return { state, version: after };
    },
  };
}

/** DynamoDB takes no undefined. */
function defined({ open, ...state }: BreakerState): BreakerState {
  return open === undefined ? state : { ...state, open };
}
