import { createHash } from "node:crypto";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { loopbackCertificate } from "../loopback-certificate.ts";

/** What signs in these runs. */
export const SIGNING_SECRET = "signing secret";

const secretOf = (id: string) => {
  if (id.endsWith("/line")) return { channelId: "1", channelSecret: SIGNING_SECRET };
  if (id.endsWith("/media")) return { keySecret: "k" };
  return {
    clientId: "c",
    clientSecret: "s",
    integrationId: "00000000-0000-0000-0000-000000000000",
    webhookSecret: SIGNING_SECRET,
  };
};

const md5 = (text: string) => createHash("md5").update(text).digest("hex");

/**
 * One server over TLS in the place of AWS, LINE and Genesys Cloud, on a free port of this machine. It takes `delay` ms
 * for each answer.
 */
export async function startStandIns(delay = 0) {
  const { key, cert } = await loopbackCertificate();
  const server = createServer({ key, cert }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      if (delay > 0) await setTimeout(delay);
      const target = String(request.headers["x-amz-target"] ?? request.url).replace(/^.*\./, "");
      const { status, body } = answer(target, Buffer.concat(chunks).toString());
      response.writeHead(status, { "content-type": "application/json", ...LINE_HEADERS });
      response.end(JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://127.0.0.1:${port}`,
    /** The certificate, which the processes must trust. */
    cert,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const LINE_HEADERS = { "x-line-request-id": "1" };

function answer(target: string, text: string): { status: number; body: object } {
  switch (target) {
    case "GetSecretValue": {
      const { SecretId, VersionStage } = JSON.parse(text);
      // An old secret: nobody asks for the one before.
      return VersionStage === "AWSPREVIOUS"
        ? { status: 400, body: { __type: "ResourceNotFoundException" } }
        : {
            status: 200,
            body: { SecretString: JSON.stringify(secretOf(SecretId)), CreatedDate: 1 },
          };
    }
    case "SendMessage":
      return {
        status: 200,
        body: { MessageId: "m", MD5OfMessageBody: md5(JSON.parse(text).MessageBody) },
      };
    case "SendMessageBatch":
      return {
        status: 200,
        body: {
          Successful: JSON.parse(text).Entries.map(
            (entry: { Id: string; MessageBody: string }) => ({
              Id: entry.Id,
              MessageId: "m",
              MD5OfMessageBody: md5(entry.MessageBody),
            }),
          ),
        },
      };
    case "/oauth/token":
    case "/oauth2/v3/token":
      return {
        status: 200,
        body: { access_token: "t", expires_in: 3_600, token_type: "Bearer" },
      };
    default:
      // LINE's profile of a customer reads the name; nobody else looks at it.
      return { status: 200, body: { displayName: "สมชาย" } };
  }
}
