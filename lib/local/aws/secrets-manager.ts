import * as z from "zod";
import type { HttpServer } from "../http-server.ts";
import { arnSuffix } from "../template/resource-attributes.ts";
import type { SecretDefinition } from "../template/secret-definition.ts";
import { ACCOUNT_ID } from "../template/stack-definition.ts";
import { type AwsGate, openGate } from "./access/aws-gate.ts";
import { secretsAccess } from "./access/secrets-access.ts";
import { jsonResponse, operationOf, parseJson } from "./aws-json.ts";
import { type AwsResponse, startAwsServer } from "./aws-server.ts";
import { type Secret, SecretStore, SecretsManagerError } from "./secret-store.ts";

export interface SecretsManager extends HttpServer {
  store: SecretStore;
}

/**
 * Starts a stand-in for AWS Secrets Manager (JSON 1.1 protocol): reading, storing and listing
 * secrets, and moving stage labels. Other operations answer UnknownOperationException.
 */
export async function startSecretsManager(
  region: string,
  gate: AwsGate = openGate,
): Promise<SecretsManager> {
  const store = new SecretStore();
  const access = secretsAccess((secretId) => store.lookUp(secretId)?.arn);
  const server = await startAwsServer((request) =>
    gate(access, request, async () =>
      answerTo(operationOf(request.headers), request.body, store, region),
    ),
  );
  return { ...server, store };
}

/** Creates a template's secrets, each with its first value. */
export function createSecrets(store: SecretStore, secrets: readonly SecretDefinition[]): void {
  for (const { name, arn, value } of secrets) store.put(store.create({ name, arn }), value);
}

function answerTo(
  operation: string,
  body: Buffer,
  store: SecretStore,
  region: string,
): AwsResponse {
  try {
    const operate = operations[operation];
    if (operate === undefined) throw new SecretsManagerError("UnknownOperationException", "");
    return jsonResponse(200, operate(parseJson(body), store, region), "1.1");
  } catch (error) {
    if (error instanceof SecretsManagerError) {
      return jsonResponse(400, { __type: error.type, Message: error.message }, "1.1");
    }
    if (error instanceof z.ZodError) {
      const Message = z.prettifyError(error);
      return jsonResponse(400, { __type: "InvalidParameterException", Message }, "1.1");
    }
    throw error;
  }
}

/** AWS gives times in seconds, with milliseconds as the fraction. */
const seconds = (milliseconds: number) => milliseconds / 1000;

const identity = ({ arn, name }: Secret) => ({ ARN: arn, Name: name });

function stagesByVersion({ versions }: Secret): Record<string, string[]> {
  return Object.fromEntries(
    versions.filter(({ stages }) => stages.length > 0).map(({ id, stages }) => [id, stages]),
  );
}

function description(secret: Secret) {
  return {
    ...identity(secret),
    Description: secret.description,
    CreatedDate: seconds(secret.createdAt),
    LastChangedDate: seconds(secret.changedAt),
  };
}

const token = z.string().min(32).max(64).optional();
const secretId = z.string().min(1);
const createRequest = z.object({
  Name: z.string().regex(/^[\w/+=.@-]{1,512}$/),
  Description: z.string().optional(),
  SecretString: z.string().optional(),
  ClientRequestToken: token,
});
const readRequest = z.object({
  SecretId: secretId,
  VersionId: z.string().optional(),
  VersionStage: z.string().optional(),
});
const putRequest = z.object({
  SecretId: secretId,
  SecretString: z.string(),
  ClientRequestToken: token,
  VersionStages: z.array(z.string()).min(1).optional(),
});
const updateRequest = z.object({
  SecretId: secretId,
  Description: z.string().optional(),
  SecretString: z.string().optional(),
  ClientRequestToken: token,
});
const moveRequest = z.object({
  SecretId: secretId,
  VersionStage: z.string(),
  MoveToVersionId: z.string().optional(),
  RemoveFromVersionId: z.string().optional(),
});
const listRequest = z.object({
  Filters: z.array(z.object({ Key: z.string(), Values: z.array(z.string()) })).default([]),
});

type Operation = (request: unknown, store: SecretStore, region: string) => object;

const operations: Record<string, Operation> = {
  GetSecretValue(request, store) {
    const { SecretId, VersionId, VersionStage } = readRequest.parse(request);
    const secret = store.find(SecretId);
    const version = store.version(secret, VersionId, VersionStage);
    return {
      ...identity(secret),
      VersionId: version.id,
      SecretString: version.value,
      VersionStages: version.stages,
      CreatedDate: seconds(version.createdAt),
    };
  },

  PutSecretValue(request, store) {
    const { SecretId, SecretString, ClientRequestToken, VersionStages } = putRequest.parse(request);
    const secret = store.find(SecretId);
    const version = store.put(secret, SecretString, ClientRequestToken, VersionStages);
    return { ...identity(secret), VersionId: version.id, VersionStages: version.stages };
  },

  CreateSecret(request, store, region) {
    const { Name, Description, SecretString, ClientRequestToken } = createRequest.parse(request);
    const secret = store.create({
      name: Name,
      description: Description,
      arn: `arn:aws:secretsmanager:${region}:${ACCOUNT_ID}:secret:${Name}-${arnSuffix(Name)}`,
    });
    if (SecretString === undefined) return identity(secret);
    const version = store.put(secret, SecretString, ClientRequestToken);
    return { ...identity(secret), VersionId: version.id };
  },

  UpdateSecret(request, store) {
    const { SecretId, Description, SecretString, ClientRequestToken } =
      updateRequest.parse(request);
    const secret = store.find(SecretId);
    if (Description !== undefined) secret.description = Description;
    if (SecretString === undefined) return identity(secret);
    const version = store.put(secret, SecretString, ClientRequestToken);
    return { ...identity(secret), VersionId: version.id };
  },

  DescribeSecret(request, store) {
    const secret = store.find(readRequest.parse(request).SecretId);
    return { ...description(secret), VersionIdsToStages: stagesByVersion(secret) };
  },

  /** Filters by the beginning of the name; refuses other filters. */
  ListSecrets(request, store) {
    const { Filters } = listRequest.parse(request);
    if (Filters.some(({ Key }) => Key !== "name")) {
      throw new SecretsManagerError("InvalidParameterException", "Only the filter name is known.");
    }
    const SecretList = store
      .list()
      .filter(({ name }) =>
        Filters.every(({ Values }) => Values.some((value) => name.startsWith(value))),
      )
      .map((secret) => ({
        ...description(secret),
        SecretVersionsToStages: stagesByVersion(secret),
      }));
    return { SecretList };
  },

  UpdateSecretVersionStage(request, store) {
    const { SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId } =
      moveRequest.parse(request);
    const secret = store.find(SecretId);
    const holder = secret.versions.find(({ stages }) => stages.includes(VersionStage));
    if (holder !== undefined && holder.id !== RemoveFromVersionId) {
      throw new SecretsManagerError(
        "InvalidParameterException",
        `The parameter RemoveFromVersionId can't be empty. Staging label ${VersionStage} is currently attached to version ${holder.id}, so you must explicitly reference that version in RemoveFromVersionId.`,
      );
    }
    const target =
      MoveToVersionId === undefined ? undefined : store.version(secret, MoveToVersionId, undefined);
    store.moveStage(secret, VersionStage, target);
    return identity(secret);
  },
};
