import { paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { DeleteCommand, type DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { brandOfGroup } from "../../../lambdas/shared/contract/group-ids.ts";
import { mediaSecretName } from "../../../lambdas/shared/contract/secret-names.ts";
import { customerPrefix, mediaSecretSchema } from "../../../lambdas/shared/media/media-keys.ts";
import { createMediaStore } from "../../../lambdas/shared/media/s3-media-store.ts";
import { createErasureTable } from "../../../lambdas/shared/tables/erasure-table.ts";
import { customerKeyPrefix } from "../../../lambdas/shared/tables/table-keys.ts";
import { deleteLetter, eachLetter } from "../dead-letters/dead-letters.ts";
import type { Stack } from "../market/stack.ts";
import { storedSecret } from "../market/stored-secret.ts";
import type { Target } from "../market/target.ts";

/** How much was erased, or would be. */
export interface ForgetResult {
  records: number;
  mediaObjects: number;
  deadLetters: number;
  /** Dead letters that SQS did not hand out: some may be this customer's. */
  unseenLetters: number;
}

/**
 * Resolves to a function that finds ("look") or deletes ("erase") what the bridge keeps of a customer of
 * these brands. Throws SecretFault where the market's media secret cannot be used.
 */
export async function createEraser(
  target: Target,
  stack: Stack,
  brands: string[],
  user: string,
  stopping: AbortSignal | undefined,
) {
  const { dynamodb, s3, sqs, secrets } = target.aws;
  const { keySecret } = await storedSecret(
    secrets,
    mediaSecretName(target.market),
    mediaSecretSchema,
  );
  const media = createMediaStore({ client: s3, bucket: stack.mediaBucket, url: stack.mediaUrl });

  const erasures = createErasureTable({
    documents: dynamodb,
    name: stack.tableName,
    now: Date.now,
  });

  return async (work: "look" | "erase"): Promise<ForgetResult> => {
    const result: ForgetResult = { records: 0, mediaObjects: 0, deadLetters: 0, unseenLetters: 0 };
    for (const key of await recordsOf(dynamodb, stack.tableName, brands, user)) {
      result.records += 1;
      if (work === "look") continue;
      await dynamodb.send(new DeleteCommand({ TableName: stack.tableName, Key: { pk: key } }));
    }
    for (const brand of brands) {
      const prefix = customerPrefix(keySecret, brand, user);
      result.mediaObjects += await countObjects(s3, stack.mediaBucket, prefix);
      if (work === "look") continue;
      // Media that a worker is fetching at this moment is not kept either.
      await erasures.erased(prefix);
      await media.deleteAll(prefix);
    }
    for (const deadLetterUrl of Object.values(stack.deadLetters)) {
      result.unseenLetters += await eachLetter(
        sqs,
        deadLetterUrl,
        async (letter) => {
          // In a bridged group the member's id is in the body.
          const isOfBrand = brands.includes(brandOfGroup(letter.groupId));
          if (!isOfBrand || !(letter.groupId + letter.body).includes(user)) return false;
          result.deadLetters += 1;
          if (work === "look") return false;
          await deleteLetter(sqs, deadLetterUrl, letter);
          return true;
        },
        stopping,
      );
    }
    return result;
  };
}

async function countObjects(client: S3Client, Bucket: string, Prefix: string): Promise<number> {
  let count = 0;
  for await (const { KeyCount = 0 } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
    count += KeyCount;
  }
  return count;
}

const keysSchema = z.array(z.object({ pk: z.string() }));

/**
 * Reads the whole table: the name of a group's member is kept under the group's id and the member's, and what a
 * member wrote under the group's.
 */
async function recordsOf(
  client: DynamoDBDocumentClient,
  tableName: string,
  brands: string[],
  user: string,
): Promise<string[]> {
  const pages = paginateScan(
    { client },
    {
      TableName: tableName,
      ProjectionExpression: "pk",
      FilterExpression: "begins_with(pk, :customer) AND (contains(pk, :user) OR author = :user)",
      ExpressionAttributeValues: { ":customer": customerKeyPrefix(), ":user": user },
    },
  );
  const found: string[] = [];
  for await (const { Items = [] } of pages) {
    found.push(...keysSchema.parse(Items).map(({ pk }) => pk));
  }
  return found.filter((pk) => brands.some((brand) => pk.startsWith(customerKeyPrefix(brand))));
}
