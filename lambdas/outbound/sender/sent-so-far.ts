import type { SQSRecord } from "aws-lambda";
import type { Brand } from "../../shared/brand/brand.ts";
import type { FindBrand } from "../../shared/brand/find-brand.ts";
import { PermanentFailure } from "../../shared/failures/failures.ts";
import { readOutboundMessage } from "../../shared/queue/queue-messages.ts";
import { carriedParts, type SentParts, unitedParts } from "../../shared/queue/sent-parts.ts";

/**
 * Which pushes of a record's message LINE has accepted, with what it has refused before some of them. Throws
 * when DynamoDB cannot be reached.
 */
export async function sentSoFar(
  record: SQSRecord,
  findBrand: FindBrand<Brand>,
): Promise<SentParts | undefined> {
  const carried = carriedParts(record);
  const found = messageOf(record, findBrand);
  if (found === undefined) return carried;
  const { brand, id } = found;
  const sent = unitedParts(carried, await brand.sent.get(id));
  if (sent === undefined) return undefined;
  const refused = { ...carried?.refused };
  for (const path of refusedPaths(sent)) {
    const parts = await brand.refused.get(id, path);
    if (parts !== undefined) refused[path.join(".")] = [...parts];
  }
  return { ...sent, ...(Object.keys(refused).length > 0 && { refused }) };
}

/** In the place of these pushes others were sent. */
function refusedPaths({ sent }: SentParts): number[][] {
  const paths = sent.map((number) => number.split(".").map(Number));
  return paths.flatMap((path) => path.slice(0, -1).map((_, index) => path.slice(0, index + 1)));
}

/** Undefined where nothing can have been sent: the record is no message, or its brand is gone. */
function messageOf(
  record: SQSRecord,
  findBrand: FindBrand<Brand>,
): { brand: Brand; id: string } | undefined {
  try {
    const queued = readOutboundMessage(record);
    if (queued.kind !== "message") return undefined;
    return { brand: findBrand(queued.brand), id: queued.message.id };
  } catch (error) {
    if (error instanceof PermanentFailure) return undefined;
    throw error;
  }
}
