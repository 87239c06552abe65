import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import {
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import type { Ready } from "../../lib/local/ready.ts";
import { SAMPLE_MARKETS_FILE } from "../sample-markets.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const NODE = fileURLToPath(new URL("../../node_modules/.bin/node", import.meta.url));

/** A bridge that `npm start -- --json` has started, as a program sees it. */
export interface RunningBridge {
  ready: Ready;
  child: ChildProcess;
  /** What the functions and the runner have logged. */
  log(): string;
  /** Lines on standard output. */
  output: string[];
  getSecret(name: string): Promise<Record<string, string>>;
  putSecret(name: string, value: object): Promise<void>;
  /** Puts a message into a queue as an operator could, with a de-duplication id of its own. */
  enqueue(queueUrl: string, groupId: string, body: string): Promise<void>;
  receive(queueUrl: string): Promise<Message[]>;
  stop(): Promise<void>;
}

/**
 * Starts the bridge on free ports, with the sample markets unless `flags` name others. Rejects when it
 * ends before it is ready.
 */
export async function startBridge(...flags: string[]): Promise<RunningBridge> {
  const standard = ["--json", "--port", "0", "--markets", SAMPLE_MARKETS_FILE];
  const child = spawn(NODE, ["bin/local.ts", ...standard, ...flags], { cwd: ROOT });
  // A test that gives up on the start must not leave it behind.
  process.once("exit", () => child.kill("SIGKILL"));
  const log: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => log.push(String(chunk)));
  const output: string[] = [];
  const ready = await new Promise<Ready>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      output.push(line);
      resolve(JSON.parse(line));
    });
    child.once("exit", () => reject(new Error(log.join(""))));
  });
  const operator = {
    region: "ap-southeast-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  };
  const secrets = new SecretsManagerClient({ ...operator, endpoint: ready.aws.secretsManager });
  const sqs = new SQSClient({ ...operator, endpoint: ready.aws.sqs });
  return {
    ready,
    child,
    output,
    log: () => log.join(""),
    async getSecret(name) {
      const { SecretString = "" } = await secrets.send(
        new GetSecretValueCommand({ SecretId: name }),
      );
      return JSON.parse(SecretString);
    },
    async putSecret(name, value) {
      await secrets.send(
        new PutSecretValueCommand({ SecretId: name, SecretString: JSON.stringify(value) }),
      );
    },
    async enqueue(QueueUrl, MessageGroupId, MessageBody) {
      const MessageDeduplicationId = randomUUID();
      await sqs.send(
        new SendMessageCommand({ QueueUrl, MessageGroupId, MessageBody, MessageDeduplicationId }),
      );
    },
    async receive(QueueUrl) {
      const answer = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5, MessageAttributeNames: ["All"] }),
      );
      return answer.Messages ?? [];
    },
    async stop() {
      secrets.destroy();
      sqs.destroy();
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

/** Waits until `check` passes; fails with its last error after `seconds`. */
export async function eventually<T>(check: () => T | Promise<T>, seconds = 15): Promise<T> {
  const deadline = Date.now() + seconds * 1_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
