import { SQSClient } from "@aws-sdk/client-sqs";
import { DIRECTIONS, type Direction } from "../../../lambdas/shared/contract/queue-names.ts";
import { readQueue } from "../../operator/market/queue-counts.ts";
import type { Ready } from "../ready.ts";
import type { QueuesState } from "./queues-state.ts";

/** A client of a run's queues, as the operator's command has one. */
export function sqsClientOf({ aws }: Pick<Ready, "aws">): SQSClient {
  return new SQSClient({
    // The local queues are in no region.
    region: "local",
    endpoint: aws.sqs,
    credentials: { accessKeyId: "LOCAL-console", secretAccessKey: "local" },
  });
}

/** Reads all queues of a run. Rejects when SQS cannot be asked. */
export async function readQueues(
  sqs: SQSClient,
  { brands, queues }: Pick<Ready, "brands" | "queues">,
): Promise<QueuesState> {
  const countsOf = async (url: string) => {
    const { waiting, inFlight } = await readQueue(sqs, url);
    return { waiting, inFlight };
  };
  const ofBrands = Object.entries(brands).map(
    async ([key, one]) =>
      [key, await both((direction) => countsOf(one.queues[direction]))] as const,
  );
  return {
    brands: Object.fromEntries(await Promise.all(ofBrands)),
    deadLetters: await both(async (direction) => {
      const { waiting, inFlight } = await countsOf(queues[`${direction}DeadLetter`]);
      return waiting + inFlight;
    }),
  };
}

/** Whether something is in a brand's queue, so that the numbers can change by themselves. */
export function isAnyQueued({ brands }: QueuesState): boolean {
  return Object.values(brands).some((brand) =>
    DIRECTIONS.some((direction) => brand[direction].waiting + brand[direction].inFlight > 0),
  );
}

async function both<Value>(
  of: (direction: Direction) => Promise<Value>,
): Promise<Record<Direction, Value>> {
  const [inbound, outbound] = await Promise.all([of("inbound"), of("outbound")]);
  return { inbound, outbound };
}
