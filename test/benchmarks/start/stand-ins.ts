import { createHash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { setTimeout } from "node:timers/promises";
import { askTable } from "../ask-table.ts";
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

/** Whom the server stands for in an answer. */
export type StandIn = "sqs" | "dynamodb" | "secretsManager" | "line" | "genesys";

export interface StandInOptions {
  /** How long an answer takes, in ms; none by default. */
  delay?: (of: StandIn) => number;
  /** The origin of a DynamoDB that answers for itself. Without it no item exists. */
  table?: string;
}

/** One server over TLS in the place of AWS, LINE and Genesys Cloud, on a free port of this machine. */
export async function startStandIns({ delay = () => 0, table }: StandInOptions = {}) {
  const { key, cert } = await loopbackCertificate();
  const server = createServer({ key, cert }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      const { headers, url = "" } = request;
      const asked = standInOf(headers, url);
      const text = Buffer.concat(chunks).toString();
      const ms = delay(asked);
      const [{ status, body }] = await Promise.all([
        asked === "dynamodb" && table !== undefined
          ? askTable(table, { headers, body: text })
          : answer(String(headers["x-amz-target"] ?? url).replace(/^.*\./, ""), text),
        ms > 0 ? setTimeout(ms) : undefined,
      ]);
      response.writeHead(status, { "content-type": "application/json", ...LINE_HEADERS });
      response.end(typeof body === "string" ? body : JSON.stringify(body));
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

function standInOf(headers: IncomingHttpHeaders, url: string): StandIn {
  const target = String(headers["x-amz-target"] ?? "");
  if (target.startsWith("AmazonSQS.")) return "sqs";
  if (target.startsWith("DynamoDB_")) return "dynamodb";
  if (target.startsWith("secretsmanager.")) return "secretsManager";
  return /^\/(v2|oauth2)\//.test(url) ? "line" : "genesys";
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
