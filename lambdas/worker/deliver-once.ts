import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Context } from "aws-lambda";

/**
 * Runs `deliver` unless it has succeeded for this event and part within the last 24 h. Resolves to
 * whether it ran. Throws what `deliver` throws (the record is then removed), and an Idempotency…
 * error when the record cannot be kept or another worker holds it.
 */
export type DeliverOnce = (
  key: { brand: string; webhookEventId: string; part: number },
  deliver: () => Promise<void>,
) => Promise<boolean>;

const KEPT_SECONDS = 26 * 3_600;

/**
 * Genesys documents no de-duplication, so a record per message part in DynamoDB does it:
 * in progress until the function's time is up, then done. A worker that was killed between
 * Genesys's acceptance and the record is the only cause of a second delivery.
 */
export function createDeliverOnce(
  client: DynamoDBClient,
  tableName: string,
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

  return {
    async deliverOnce(key, deliver) {
      let ran = false;
      const once = makeIdempotent(
        async (_key: typeof key) => {
          await deliver();
          ran = true;
        },
        { persistenceStore, config, keyPrefix: "delivered" },
      );
      await once(key);
      return ran;
    },
    startInvocation: (context) => config.registerLambdaContext(context),
  };
}
