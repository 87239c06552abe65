import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { setDefaultCACertificates } from "node:tls";
import { SERVICES } from "../../../lambdas/shared/contract/services.ts";
import { integrationSecretSchema } from "../../../lambdas/shared/genesys/integration-secret.ts";
import { createLineClient } from "../../../lambdas/shared/line/client.ts";
import { createTokenCache } from "../../../lambdas/shared/platform/token-cache.ts";
import { createRotatingSecret } from "../../../lambdas/shared/secrets/rotating-secret.ts";
import { createGenesysClient } from "../../../lambdas/worker/genesys/client.ts";
import { genesysMessages } from "../../../lambdas/worker/translate/genesys-message.ts";
import { sqsRecord } from "../../lambdas/sqs-record.ts";
import { workingHosts } from "../../lambdas/working-hosts.ts";
import { loopbackCertificate } from "../loopback-certificate.ts";

/** As long as those of the simulators. */
const TOKENS = { genesys: "t".repeat(86), line: "t".repeat(240) };
const CUSTOMER = `U${"0".repeat(32)}`;
const ID = "00000000-0000-0000-0000-000000000000";

/**
 * The bytes that worker and sender send to the platforms for a message of one text, over a TLS connection of its own,
 * handshake and headers included.
 */
export async function measureBytesOut(): Promise<Record<string, number>> {
  const { key, cert } = await loopbackCertificate();
  const server = createServer({ key, cert }, (request, response) => {
    request.resume().on("end", () => {
      const token = { access_token: TOKENS.genesys, expires_in: 3_600 };
      // What comes next takes a connection of its own.
      response.setHeader("connection", "close");
      response.end(JSON.stringify(request.url === "/oauth/token" ? token : {}));
    });
  });
  const connections: Socket[] = [];
  server.on("connection", (socket: Socket) => connections.push(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  setDefaultCACertificates([cert]);
  const { port } = server.address() as AddressInfo;
  const origin = `https://127.0.0.1:${port}`;

  /** The bytes of the connection that a call makes. */
  async function bytesOf(call: () => Promise<void>): Promise<number> {
    await call();
    const connection = connections.at(-1);
    if (connection !== undefined && !connection.closed) await once(connection, "close");
    return connection?.bytesRead ?? 0;
  }

  try {
    const genesys = genesysClient(origin);
    const line = createLineClient({
      apiUrl: origin,
      withLineToken: (call) => call(TOKENS.line),
      countAnswer: () => undefined,
    });
    return {
      [SERVICES.worker]: await bytesOf(() => postText(genesys)),
      [SERVICES.outboundSender]: await bytesOf(async () => {
        await line.push(CUSTOMER, [{ type: "text", text: "From nine to six." }], ID);
      }),
    };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function genesysClient(origin: string) {
  const secret = { clientId: ID, clientSecret: ID, integrationId: ID, webhookSecret: ID };
  return createGenesysClient({
    urls: { api: origin, login: origin },
    brand: { key: "retail-thai", endpoint: "message" },
    secret: createRotatingSecret(
      "secret",
      integrationSecretSchema,
      async () => ({ text: JSON.stringify(secret), createdAt: 0 }),
      Date.now,
    ),
    tokens: createTokenCache(Date.now),
    hosts: workingHosts,
    budget: { take: async () => {}, pause: async () => {}, resume: async () => {} },
    countAnswer: () => undefined,
  });
}

async function postText(genesys: ReturnType<typeof genesysClient>): Promise<void> {
  const sender = {
    messageId: "500000233107185646",
    customer: { id: CUSTOMER, nickname: "Niran" },
    timestamp: Date.now(),
    customAttributes: { market: "Thailand", brand: "Retail_Thai" },
  };
  const attempt = { record: sqsRecord("m", `retail-thai#${CUSTOMER}`), receives: 1, inHand: 1 };
  for (const message of genesysMessages({ text: "When do you open today?" }, sender)) {
    await genesys.postMessage(message, attempt);
  }
}
