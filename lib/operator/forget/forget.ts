import { paginateListObjectsV2, type S3Client } from "@aws-sdk/client-s3";
import { DeleteCommand, type DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { brandOfGroup } from "../../../lambdas/shared/contract/group-ids.ts";
import { mediaSecretName } from "../../../lambdas/shared/contract/secret-names.ts";
import { customerPrefix, mediaSecretSchema } from "../../../lambdas/shared/media/media-keys.ts";
import { createMediaStore } from "../../../lambdas/shared/media/s3-media-store.ts";
import { customerKeyPrefix } from "../../../lambdas/shared/tables/table-keys.ts";
import { deleteLetter, eachLetter } from "../dead-letters/dead-letters.ts";
import { OperatorError, UsageError } from "../errors.ts";
import { chooseBrands, readStack, type Stack } from "../market/stack.ts";
import { storedSecret } from "../market/stored-secret.ts";
import type { Target } from "../market/target.ts";
import type { Terminal } from "../terminal.ts";

/** What was erased, or would be. */
export interface ForgetResult {
  records: number;
  mediaObjects: number;
  deadLetters: number;
  /** Dead letters of anybody that SQS did not hand out: some may be this customer's. */
  unseenLetters: number;
}

/** LINE's ids of users, groups and rooms. */
const CUSTOMER_ID = /^[UCR][0-9a-f]{32}$/;

/**
 * Erases what the bridge keeps of a customer: the record, names in groups, hosted media, dead letters.
 * What Genesys Cloud and LINE keep is theirs to erase; logs and metrics hold nothing personal. Throws
 * UsageError for what is no LINE id.
 */
export async function forget(
  target: Target,
  { user, brand }: { user: string; brand?: string | undefined },
  terminal: Terminal,
  stopping?: AbortSignal,
): Promise<ForgetResult> {
  if (!CUSTOMER_ID.test(user)) {
    throw new UsageError(
      "--user: must be a LINE user, group or room id: U, C or R and 32 hexadecimal digits (Genesys Cloud shows it as the participant's address)",
    );
  }
  const stack = await readStack(target);
  const brands = chooseBrands(stack, brand).map(({ key }) => key);
  const eraser = await createEraser(target, stack, brands, user, stopping);
  const found = await terminal.progress("Looking for what is kept …", () => eraser("look"));
  terminal.print(describe("Kept of this customer", found));
  if (found.records + found.mediaObjects + found.deadLetters === 0) return found;
  terminal.print(`This cannot be undone. It concerns ${brands.join(", ")}.`);
  if (!(await terminal.confirm("Erase it?"))) throw new OperatorError("Nothing was erased.");
  const erased = await terminal.progress("Erasing …", () => eraser("erase"));
  terminal.print(describe("Erased", erased));
  return erased;
}

async function createEraser(
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
      if (work === "erase") await media.deleteAll(prefix);
    }
    for (const { deadLetterUrl } of [stack.inbound, stack.outbound]) {
      result.unseenLetters += await eachLetter(
        sqs,
        deadLetterUrl,
        async (letter) => {
          // In a bridged group the member's id stands in the body.
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

/** Reads the whole table: the name of a group's member is kept under the group's id and the member's. */
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
      FilterExpression: "begins_with(pk, :customer) AND contains(pk, :user)",
      ExpressionAttributeValues: { ":customer": customerKeyPrefix(), ":user": user },
    },
  );
  const found: string[] = [];
  for await (const { Items = [] } of pages) {
    found.push(...keysSchema.parse(Items).map(({ pk }) => pk));
  }
  return found.filter((pk) => brands.some((brand) => pk.startsWith(customerKeyPrefix(brand))));
}

function describe(what: string, result: ForgetResult): string {
  const { records, mediaObjects, deadLetters, unseenLetters } = result;
  const unseen =
    unseenLetters === 0
      ? ""
      : ` ${unseenLetters} dead letters could not be looked at, because others of the same customer lie before them or somebody else is looking: redrive or try again in ten minutes.`;
  return `${what}: ${records} records, ${mediaObjects} media objects, ${deadLetters} dead letters.${unseen}`;
}
