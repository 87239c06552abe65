import { createHash } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { loopbackServer } from "../lambdas/loopback-server.ts";

/** A message in a queue, as SQS holds it. */
export interface QueueMessage {
  /** Last part of the queue's URL. */
  queue: string;
  groupId: string;
  deduplicationId: string;
  body: string;
  attributes: Record<string, { DataType: string; StringValue: string }>;
}

export interface Request {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** The operation, where it is a request to one of the AWS services that speak JSON. */
  aws: string | undefined;
}

export interface Answer {
  status?: number;
  headers?: Record<string, string>;
  /** JSON unless it is a text or bytes. */
  body?: unknown;
}

/** The SDK compares it with what it has sent or got. */
export const md5 = (body: string) => createHash("md5").update(body).digest("hex");

type Answers = (request: Request) => Answer | Promise<Answer | undefined> | undefined;

/**
 * One server in the place of SQS, S3, Secrets Manager, CloudFormation, LINE and Genesys Cloud; it keeps what it is
 * asked.
 */
export async function startStandIns(secrets: Record<string, object>) {
  const sent: QueueMessage[] = [];
  const calls: Request[] = [];
  /** Asked before the usual answers. */
  const own: { answer: Answers } = { answer: () => undefined };

  // biome-ignore lint/suspicious/noExplicitAny: the bodies of several AWS operations
  function keep(queueUrl: string, entry: any): object {
    sent.push({
      queue: queueUrl.split("/").at(-1) ?? "",
      groupId: entry.MessageGroupId,
      deduplicationId: entry.MessageDeduplicationId,
      body: entry.MessageBody,
      attributes: entry.MessageAttributes ?? {},
    });
    return { Id: entry.Id, MessageId: "m", MD5OfMessageBody: md5(entry.MessageBody) };
  }

  function aws(operation: string, body: string): Answer {
    const input = JSON.parse(body);
    switch (operation) {
      case "GetSecretValue":
        if (input.VersionStage === "AWSPENDING" || input.VersionStage === "AWSPREVIOUS") {
          return { status: 400, body: { __type: "ResourceNotFoundException" } };
        }
        return {
          body: { SecretString: JSON.stringify(secrets[input.SecretId]), CreatedDate: 1 },
        };
      case "SendMessage":
        return { body: keep(input.QueueUrl, input) };
      case "SendMessageBatch":
        return {
          body: {
            Successful: input.Entries.map((entry: object) => keep(input.QueueUrl, entry)),
          },
        };
      default:
        return {};
    }
  }

  function usual(request: Request): Answer {
    if (request.aws !== undefined) return aws(request.aws, request.body);
    if (/^\/oauth2?\//.test(request.path)) {
      return { body: { access_token: "t", expires_in: 3_600, token_type: "Bearer" } };
    }
    return request.method === "HEAD" ? { status: 404 } : {};
  }

  async function answer(incoming: IncomingMessage): Promise<Answer> {
    const { method = "", url: path = "", headers } = incoming;
    const operation = /\.(\w+)$/.exec(String(headers["x-amz-target"] ?? ""))?.[1];
    const request = { method, path, headers, body: await text(incoming), aws: operation };
    calls.push(request);
    return (await own.answer(request)) ?? usual(request);
  }

  const server = await loopbackServer((incoming, response) => {
    void answer(incoming)
      .catch((error: unknown) => ({ status: 500, body: String(error) }))
      .then(({ status = 200, headers = {}, body = {} }: Answer) => {
        response.writeHead(status, { "content-type": "application/json", ...headers });
        const isRaw = typeof body === "string" || Buffer.isBuffer(body);
        response.end(isRaw ? body : JSON.stringify(body));
      });
  });

  return {
    origin: server.origin,
    sent,
    calls,
    own,
    forget() {
      sent.length = 0;
      calls.length = 0;
      own.answer = () => undefined;
    },
    close: server.close,
  };
}

export type StandIns = Awaited<ReturnType<typeof startStandIns>>;
