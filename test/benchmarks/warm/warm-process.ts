/**
 * A process that stays warm. Its argument is a bundle, which exports `handler` or `app`. A function is invoked as often
 * as a request has events, which are JSON as in Lambda's runtime; the answer tells what that took. An Express app gets
 * the requests as they are. The process tells its parent its port, and, when it is asked, the time of a processor (ms)
 * that it has taken.
 */
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { pathToFileURL } from "node:url";
import { INVOCATION_CONTEXT } from "../start/invocation-context.ts";
import type { Invoked } from "./keep-warm.ts";

interface Bundle {
  handler?: (event: unknown, context: object) => Promise<unknown>;
  app?: RequestListener;
}

const [bundle = ""] = process.argv.slice(2);
const { handler, app }: Bundle = await import(pathToFileURL(bundle).href);

function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

async function invokeAll(events: readonly string[]): Promise<Invoked> {
  const invoked: Invoked = { cpu: 0, wall: [], answers: [] };
  const before = cpu();
  for (const event of events) {
    const began = performance.now();
    const answer = await handler?.(JSON.parse(event), INVOCATION_CONTEXT);
    invoked.wall.push(performance.now() - began);
    invoked.answers.push(JSON.stringify(answer));
  }
  invoked.cpu = cpu() - before;
  return invoked;
}

const invoke: RequestListener = async (request, response) => {
  const invoked = await invokeAll(JSON.parse(await textOf(request)));
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(invoked));
};

const server = createServer(app ?? invoke).listen(0, "127.0.0.1", () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on("message", () => process.send?.({ cpu: cpu() }));
// An orderly end, so that Node can write what it was told to write about the process, a profile for example.
process.on("SIGTERM", () => process.exit());
