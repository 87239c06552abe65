import { parseMarkets } from "../../lib/markets.ts";
import { discard } from "../../lib/operator/dead-letters/discard.ts";
import { listDiscarded } from "../../lib/operator/dead-letters/letters.ts";
import { redrive } from "../../lib/operator/dead-letters/redrive.ts";
import { forget } from "../../lib/operator/forget/forget.ts";
import { createAwsClients } from "../../lib/operator/market/aws-clients.ts";
import type { Target } from "../../lib/operator/market/target.ts";
import { TABLE } from "../lambdas/local-table.ts";
import { awsAt } from "../lib/aws-at.ts";
import { recordingTerminal } from "../lib/operator/recording-terminal.ts";
import type { Bridge } from "./bridge.ts";
import { type Answer, md5, type QueueMessage, type Request } from "./stand-ins.ts";

type Letter = Pick<QueueMessage, "groupId" | "body" | "attributes">;

const MARKETS = parseMarkets({
  Thailand: {
    awsRegion: "ap-southeast-1",
    genesysRegion: "ap-southeast-1",
    brands: { "retail-thai": { brand: "Retail_Thai" } },
  },
});

/** The operator's commands on the market of the samples. All that depends on how they are called stands here. */
export function operatorOf(bridge: Bridge) {
  const { origin } = bridge.standIns;
  const settings = MARKETS.Thailand;
  if (settings === undefined) throw new Error("no market");
  const target: Target = {
    market: "Thailand",
    settings,
    stackName: "LineGenesysBridge-Thailand",
    region: "ap-southeast-1",
    local: undefined,
    platforms: { lineApi: origin, genesysApi: origin, genesysLogin: origin },
    aws: createAwsClients("ap-southeast-1", { ...awsAt(origin), dynamodb: bridge.tableOrigin }),
  };
  return {
    redrive: () =>
      redrive(target, { dryRun: false, allowDuplicate: false }, recordingTerminal(), {
        now: Date.now,
      }),
    discard: (ids: string[]) =>
      discard(target, { ids, because: "the file is empty" }, recordingTerminal(), {
        now: Date.now,
      }),
    discarded: () => listDiscarded(target, {}, recordingTerminal()),
    forget: (user: string) => forget(target, { user }, recordingTerminal()),
    close() {
      for (const client of Object.values(target.aws)) client.destroy();
    },
  };
}

/** Answers as the market's AWS does: the stack's outputs, dead letters by queue, and keys in the bucket. */
export function holding(
  origin: string,
  letters: Record<string, readonly Letter[]>,
  keys: readonly string[] = [],
  caller = "unknown",
) {
  const left = new Map(Object.entries(letters).map(([queue, some]) => [queue, [...some]]));
  const handedOut = new Set<Letter>();
  const deletedKeys: string[] = [];

  function sqs({ aws, body }: Request): Answer | undefined {
    const input = JSON.parse(body);
    const queue = left.get(input.QueueUrl?.split("/").at(-1)) ?? [];
    switch (aws) {
      case "GetQueueAttributes":
        return {
          body: {
            Attributes: {
              ApproximateNumberOfMessages: String(queue.length),
              ApproximateNumberOfMessagesNotVisible: "0",
            },
          },
        };
      case "ReceiveMessage": {
        const free = queue.filter((letter) => !handedOut.has(letter));
        for (const letter of free) handedOut.add(letter);
        return { body: { Messages: free.map(received) } };
      }
      case "ChangeMessageVisibilityBatch":
        handedOut.clear();
        return {};
      case "DeleteMessage":
        queue.splice(
          queue.findIndex(({ body: text }) => text === input.ReceiptHandle),
          1,
        );
        return {};
      default:
        return undefined;
    }
  }

  function s3({ method, path, body }: Request): Answer {
    if (method === "POST") {
      deletedKeys.push(...[...body.matchAll(/<Key>(.*?)<\/Key>/g)].map(([, key = ""]) => key));
      return xml("<DeleteResult/>");
    }
    const prefix = new URL(path, origin).searchParams.get("prefix") ?? "";
    const found = keys.filter((key) => key.startsWith(prefix) && !deletedKeys.includes(key));
    const contents = found.map((key) => `<Contents><Key>${key}</Key></Contents>`).join("");
    return xml(
      `<ListBucketResult><KeyCount>${found.length}</KeyCount>${contents}</ListBucketResult>`,
    );
  }

  return {
    left: (queue: string) => left.get(queue),
    deletedKeys,
    answer(request: Request): Answer | undefined {
      if (request.aws !== undefined) return sqs(request);
      if (request.path.startsWith("/media")) return s3(request);
      if (request.body.includes("GetCallerIdentity")) return identity(caller);
      return request.path === "/" ? stack(origin) : undefined;
    },
  };
}

/** The receipt handle is the body. */
const received = ({ groupId, body, attributes }: Letter) => ({
  MessageId: body,
  ReceiptHandle: body,
  Body: body,
  MD5OfBody: md5(body),
  Attributes: { MessageGroupId: groupId },
  MessageAttributes: attributes,
});

function stack(origin: string): Answer {
  const outputs = {
    RetailThaiLineWebhookUrl: "https://api.example/line/retail-thai",
    RetailThaiGenesysWebhookUrl: "https://api.example/genesys/retail-thai",
    RetailThaiLineSecretName: "Thailand/retail-thai/line",
    RetailThaiGenesysSecretName: "Thailand/retail-thai/genesys",
    QueueUrlPrefix: `${origin}/0/`,
    InboundDeadLetterQueueUrl: `${origin}/0/inbound-dead-letters`,
    OutboundDeadLetterQueueUrl: `${origin}/0/outbound-dead-letters`,
    TableName: TABLE,
    MediaBucketName: "media",
    MediaUrl: "https://media.example",
    DashboardUrl: "https://console.example",
  };
  const members = Object.entries(outputs).map(
    ([key, value]) =>
      `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return xml(
    `<DescribeStacksResponse><DescribeStacksResult><Stacks><member><Outputs>${members.join("")}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  );
}

function identity(arn: string): Answer {
  return xml(
    `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>${arn}</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  );
}

function xml(body: string): Answer {
  return { headers: { "content-type": "text/xml" }, body };
}
