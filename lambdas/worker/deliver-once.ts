import {
  IdempotencyAlreadyInProgressError,
  IdempotencyConfig,
  makeIdempotent,
} from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Context } from "aws-lambda";
import { errorFields } from "../shared/failures/bridge-error.ts";
import { Postponed } from "../shared/failures/failures.ts";
import type { Log } from "../shared/function/log.ts";

/**
 * Runs `deliver` unless it has succeeded for this event and part within the last 24 h. Resolves to
 * whether it ran. Throws what `deliver` throws (the record is then removed), Postponed while another
 * worker holds the record, and an Idempotency… error when the record cannot be kept.
 */
export type DeliverOnce = (
  key: { brand: string; webhookEventId: string; part: number },
  deliver: () => Promise<void>,
) => Promise<boolean>;

const KEPT_SECONDS = 26 * 3_600;
/** A worker that has been killed holds its records for the rest of its minute. */
const HELD_SECONDS = 10;
/** Pauses between further tries to note a delivery, which doubles if that stays undone. */
const NOTE_PAUSES_MS = [200, 1_000, 3_000];

/**
 * Genesys documents no de-duplication, so a record per message part in DynamoDB does it: in
 * progress until the function's time is up, then done. A part is delivered twice only if Genesys
 * accepted it and its answer was lost, or the worker was killed before the record was done.
 */
export function createDeliverOnce(
  client: DynamoDBClient,
  tableName: string,
  log: Log,
  sleep: (ms: number) => Promise<void>,
): { deliverOnce: DeliverOnce; startInvocation(context: Context): void } {
  const persistenceStore = new DynamoDBPersistenceLayer({
    tableName,
    awsSdkV3Client: client,
    keyAttr: "pk",
    expiryAttr: "expiresAt",
    statusAttr: "status",
    inProgressExpiryAttr: "inProgressUntil",
    dataAttr: "result",
  });
  const config = new IdempotencyConfig({
    expiresAfterSeconds: KEPT_SECONDS,
    hashFunction: "sha256",
  });

  async function note(key: Parameters<DeliverOnce>[0], failure: unknown): Promise<void> {
    let last = failure;
    for (const pause of NOTE_PAUSES_MS) {
      await sleep(pause);
      try {
        return await persistenceStore.saveSuccess(key, null);
      } catch (error) {
        last = error;
      }
    }
    // Trying the delivery again would double it for certain.
    log.error("Delivered, but could not record it", {
      brand: key.brand,
      correlationId: key.webhookEventId,
      ...errorFields(last),
    });
  }

  return {
    async deliverOnce(key, deliver) {
      let hasRun = false;
      let failure: unknown;
      const once = makeIdempotent(
        async (_key: typeof key) => {
          try {
            await deliver();
          } catch (error) {
            failure = error;
            throw error;
          }
          hasRun = true;
        },
        { persistenceStore, config, keyPrefix: "delivered" },
      );
      try {
        await once(key);
      } catch (error) {
        // The library's error about the record would hide the one that decides what happens next.
        if (failure !== undefined) throw failure;
        if (error instanceof IdempotencyAlreadyInProgressError) {
          throw new Postponed("Another worker is delivering the message.", HELD_SECONDS);
        }
        if (!hasRun) throw error;
        await note(key, error);
      }
      return hasRun;
    },
    startInvocation: (context) => config.registerLambdaContext(context),
  };
}
