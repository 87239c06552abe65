import { setTimeout } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { SERVICES } from "../../../lambdas/shared/contract/services.ts";
import { tableKeys } from "../../../lambdas/shared/tables/table-keys.ts";
import type { FunctionCall, InterfereWithAws } from "../../../lib/local/aws/interfere-with-aws.ts";
import type { OnQueueStep } from "../../../lib/local/functions/event-source.ts";
import { startLocalRun } from "../../../lib/local/local-run.ts";
import type { LogLine } from "../../../lib/local/log-line.ts";
import { readOptions } from "../../../lib/local/options.ts";
import { eventually } from "../../lib/local/eventually.ts";
import { ANSWER_MILLISECONDS } from "./counts.ts";
import { billed } from "./measure-logs.ts";

const { worker } = SERVICES;
const BRAND = "retail-thai";
/** Twice of what Genesys Cloud admits in a minute. */
const MESSAGES = 600;
/** So many webhooks wait for their answers: more of them would be answered too late on a slow machine. */
const AT_ONCE = 8;
const PATIENCE_MS = 300_000;

/** What one message takes, all attempts together. */
export interface Backlog {
  queueRequests: number;
  tableWrites: number;
  tableReads: number;
  /** How often the worker puts a message off. */
  putOffs: number;
  /** Of the worker. */
  invocations: number;
  /** By the clock, for all invocations, with a whole processor. */
  milliseconds: number;
  loggedBytes: number;
}

/**
 * Runs a market here, lets 600 customers whom the table knows write within a minute, and counts until all of it has
 * arrived. AWS and Genesys Cloud take for their answers what is assumed of them.
 */
export async function measureBacklog(): Promise<Backlog> {
  const lines: LogLine[] = [];
  const units = { queueRequests: 0, tableWrites: 0, tableReads: 0 };
  const batches = watchBatches();
  const nothing = () => undefined;
  const interfereWithAws: InterfereWithAws = async (call, pass) => {
    if (!call.isMapping) await setTimeout(ANSWER_MILLISECONDS[timeOf(call)]);
    const answer = await pass();
    const isEmpty = call.operation === "ReceiveMessage" && !hasMessages(String(answer.body));
    if (call.service === "sqs" && !isEmpty) units.queueRequests += 1;
    units.tableWrites += writesOf(call);
    units.tableReads += readsOf(call);
    return answer;
  };
  const run = await startLocalRun(
    readOptions(["--port", "0", "--no-console"]),
    {
      onTraffic: nothing,
      onRequest: nothing,
      onFailure: nothing,
      onLog: (line) => line.stream === "stdout" && lines.push(line),
      onQueueStep: batches.onQueueStep,
    },
    undefined,
    {
      interfereWithAws,
      genesys: {
        interfere: async (_, pass) => {
          await setTimeout(ANSWER_MILLISECONDS.genesys);
          return pass();
        },
      },
    },
  );
  try {
    const { line } = run;
    if (line === undefined) throw new Error("no simulator of LINE");
    const names = Array.from({ length: MESSAGES }, (_, n) => `Customer ${n}`);
    const ids = names.map((name) => line.customers.named(name).userId);
    await storeCustomers(run.ready.aws.dynamodb, run.stack.tableNames[0] ?? "", ids);
    let stored = 0;
    const customers = async () => {
      for (let name = names.pop(); name !== undefined; name = names.pop()) {
        const content = { type: "text" as const, text: "When do you open today?" };
        const { status } = await line.send(BRAND, name, content);
        if (status === 200) stored++;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, customers));
    const logged = (text: string) => lines.filter((one) => one.text.includes(text)).length;
    await eventually(() => logged('"Delivered to Genesys"') >= stored || undefined, PATIENCE_MS);
    // Deletes follow the last invocation.
    await setTimeout(1_000);
    const { invocations, milliseconds } = batches.all();
    const each = (count: number) => Math.round((1_000 * count) / stored) / 1_000;
    return {
      queueRequests: each(units.queueRequests),
      tableWrites: each(units.tableWrites),
      tableReads: each(units.tableReads),
      putOffs: each(logged('"Put a message off, untried"')),
      invocations: each(invocations),
      milliseconds: each(milliseconds),
      loggedBytes: Math.round(billed(lines, worker) / stored),
    };
  } finally {
    await run.close();
  }
}

/** How often the worker is invoked and how long this takes: from a batch's receive until it is told what has become of it. */
function watchBatches() {
  interface Batch {
    at: number;
    endedAt?: number;
  }
  const batches: Batch[] = [];
  const batchOf = new Map<string, Batch>();
  let receiving: Batch | undefined;
  const onQueueStep: OnQueueStep = ({ service, what, deduplicationId, at }) => {
    if (service !== worker) return;
    if (what === "taken") {
      // All messages of a batch are told of at once.
      if (receiving === undefined) {
        receiving = { at };
        batches.push(receiving);
        queueMicrotask(() => {
          receiving = undefined;
        });
      }
      batchOf.set(deduplicationId, receiving);
    } else {
      const batch = batchOf.get(deduplicationId);
      if (batch !== undefined) batch.endedAt ??= at;
    }
  };
  return {
    onQueueStep,
    all: () => ({
      invocations: batches.length,
      milliseconds: batches.reduce((sum, { at, endedAt = at }) => sum + endedAt - at, 0),
    }),
  };
}

function timeOf({ service }: FunctionCall): keyof typeof ANSWER_MILLISECONDS {
  if (service === "secretsmanager") return "secretsManager";
  return service === "sqs" ? "sqs" : "dynamodb";
}

const received = z.object({ Messages: z.array(z.unknown()).default([]) });

function hasMessages(body: string): boolean {
  return received.parse(JSON.parse(body)).Messages.length > 0;
}

/** Items here are smaller than 1 KB. */
function writesOf({ operation }: FunctionCall): number {
  return ["PutItem", "UpdateItem", "DeleteItem"].includes(operation) ? 1 : 0;
}

const read = z.object({ ConsistentRead: z.boolean().default(false) });

/** Request units: half a one where the newest state is not asked for. No message here needs a batch of reads. */
function readsOf({ operation, request }: FunctionCall): number {
  if (operation !== "GetItem") return 0;
  return read.parse(JSON.parse(String(request.body))).ConsistentRead ? 1 : 0.5;
}

/** Customers whose names the table knows. */
async function storeCustomers(endpoint: string, TableName: string, ids: readonly string[]) {
  const credentials = { accessKeyId: "LOCAL-bench", secretAccessKey: "local" };
  const client = new DynamoDBClient({ region: "local", endpoint, credentials });
  const documents = DynamoDBDocumentClient.from(client);
  const namedAt = Date.now();
  try {
    for (const id of ids) {
      const pk = tableKeys.customer(BRAND, id);
      const Item = { pk, displayName: "x", namedAt, expiresAt: namedAt / 1_000 + 86_400 };
      await documents.send(new PutCommand({ TableName, Item }));
    }
  } finally {
    client.destroy();
  }
}
