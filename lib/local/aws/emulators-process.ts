/**
 * Runs the SQS, S3 and DynamoDB emulators in a process of its own, so that a fault of an emulator or a
 * busy queue does not delay the gateway. It tells its parent where they listen, and ends with it.
 */
import { flushCompileCache } from "node:module";
import dynalite from "dynalite";
import { buildApp } from "fauxqs";
import * as z from "zod";
import { refuseForeignHost } from "../foreign-host.ts";
import type { EmulatorUrls } from "./emulators.ts";
import { listInKeyOrder } from "./list-in-key-order.ts";
import { receiveWholeGroups } from "./receive-whole-groups.ts";
import { shuffleGroups } from "./shuffle-groups.ts";

process.on("disconnect", () => process.exit(0));
// These signals reach the whole process group; the run ends this process when it has finished.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});

await acceptAllUnicode();
await listInKeyOrder();
await receiveWholeGroups();
await shuffleGroups();

const region = process.argv[2] ?? "us-east-1";
// buildApp and not startFauxqs, which would listen on all network interfaces.
const queues = buildApp({ logger: false, defaultRegion: region });
queues.addHook("onRequest", async (request, reply) => {
  if (refuseForeignHost(request.raw, reply.raw)) reply.hijack();
});
const fauxqs = await queues.listen({ host: "127.0.0.1", port: 0 });

const tables = dynalite({ createTableMs: 0, updateTableMs: 0, deleteTableMs: 0 });
const answers = tables.listeners("request");
tables.removeAllListeners("request");
tables.on("request", (request, response) => {
  if (refuseForeignHost(request, response)) return;
  for (const answer of answers) answer.call(tables, request, response);
});
// Longer than the proxy in front of them keeps an unused connection.
tables.keepAliveTimeout = 60_000;
await new Promise<void>((resolve, reject) => {
  tables.once("error", reject);
  tables.listen(0, "127.0.0.1", resolve);
});
const address = tables.address();
const port = typeof address === "object" && address !== null ? address.port : 0;

const urls: EmulatorUrls = { fauxqs, dynalite: `http://127.0.0.1:${port}` };
process.send?.(urls);
// This process is killed at the end of the run; Node keeps compiled code only at an exit.
flushCompileCache();

/**
 * fauxqs 2.4.1 refuses all characters beyond U+FFFF in a message, emoji among them; SQS accepts
 * them (https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html).
 * Throws when another version of fauxqs has its rule elsewhere.
 */
async function acceptAllUnicode(): Promise<void> {
  const rules: unknown = await import(
    new URL("./sqs/sqsTypes.js", import.meta.resolve("fauxqs")).href
  );
  const { INVALID_MESSAGE_BODY_CHAR } = z
    .object({ INVALID_MESSAGE_BODY_CHAR: z.instanceof(RegExp) })
    .parse(rules);
  INVALID_MESSAGE_BODY_CHAR.compile(
    String.raw`[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]`,
    "u",
  );
}
