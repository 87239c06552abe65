import { randomUUID } from "node:crypto";

/** An error of Secrets Manager; `type` is its name in AWS's API. */
export class SecretsManagerError extends Error {
  override name = "SecretsManagerError";
  readonly type: string;
  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

export interface SecretVersion {
  id: string;
  value: string;
  /** Milliseconds since 1970. */
  createdAt: number;
  stages: string[];
}

export interface Secret {
  name: string;
  arn: string;
  description: string | undefined;
  createdAt: number;
  changedAt: number;
  versions: SecretVersion[];
}

const CURRENT = "AWSCURRENT";
const PREVIOUS = "AWSPREVIOUS";
const MAX_VALUE_BYTES = 65_536;

/** The secrets of one region with their versions and stage labels, as AWS Secrets Manager keeps them. */
export class SecretStore {
  readonly #secrets: Secret[] = [];
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  list(): Secret[] {
    return [...this.#secrets];
  }

  /** By name, ARN, or ARN without its last seven characters. */
  lookUp(secretId: string): Secret | undefined {
    return this.#secrets.find(
      ({ name, arn }) => secretId === name || secretId === arn || secretId === arn.slice(0, -7),
    );
  }

  /** The same as `lookUp`, but throws ResourceNotFoundException. */
  find(secretId: string): Secret {
    const secret = this.lookUp(secretId);
    if (secret === undefined) {
      throw new SecretsManagerError(
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret.",
      );
    }
    return secret;
  }

  /** Throws ResourceExistsException when the name is taken. */
  create(secret: { name: string; arn: string; description?: string | undefined }): Secret {
    if (this.#secrets.some(({ name }) => name === secret.name)) {
      throw new SecretsManagerError(
        "ResourceExistsException",
        `The operation failed because the secret ${secret.name} already exists.`,
      );
    }
    const now = this.#now();
    const created: Secret = {
      name: secret.name,
      arn: secret.arn,
      description: secret.description,
      createdAt: now,
      changedAt: now,
      versions: [],
    };
    this.#secrets.push(created);
    return created;
  }

  /**
   * Adds a version and moves the stage labels to it. The same token with the same value changes
   * nothing; with another value it is a ResourceExistsException.
   */
  put(
    secret: Secret,
    value: string,
    token: string = randomUUID(),
    stages: string[] = [CURRENT],
  ): SecretVersion {
    if (Buffer.byteLength(value) > MAX_VALUE_BYTES) {
      throw new SecretsManagerError(
        "InvalidParameterException",
        `The secret value is larger than ${MAX_VALUE_BYTES} bytes.`,
      );
    }
    const known = secret.versions.find(({ id }) => id === token);
    if (known !== undefined) {
      if (known.value === value) return known;
      throw new SecretsManagerError(
        "ResourceExistsException",
        `You can't use ClientRequestToken ${token} because that value is already in use for a version of secret ${secret.arn}.`,
      );
    }
    const version: SecretVersion = { id: token, value, createdAt: this.#now(), stages: [] };
    secret.versions.push(version);
    for (const stage of stages) this.moveStage(secret, stage, version);
    return version;
  }

  /** Finds a version by id, by stage or by both; AWSCURRENT when neither is given. Throws ResourceNotFoundException. */
  version(secret: Secret, id: string | undefined, stage: string | undefined): SecretVersion {
    const wanted = stage ?? (id === undefined ? CURRENT : undefined);
    const version = secret.versions.find(
      (candidate) =>
        (id === undefined || candidate.id === id) &&
        (wanted === undefined || candidate.stages.includes(wanted)),
    );
    if (version === undefined) {
      throw new SecretsManagerError(
        "ResourceNotFoundException",
        `Secrets Manager can't find the specified secret value for ${
          wanted === undefined ? `VersionId: ${id}` : `staging label: ${wanted}`
        }`,
      );
    }
    return version;
  }

  /**
   * Puts a stage label on a version, or removes it when no version is given. The version that loses
   * AWSCURRENT becomes AWSPREVIOUS.
   */
  moveStage(secret: Secret, stage: string, to: SecretVersion | undefined): void {
    const from = secret.versions.find(({ stages }) => stages.includes(stage));
    if (from === to) return;
    if (from !== undefined) from.stages = from.stages.filter((label) => label !== stage);
    to?.stages.push(stage);
    secret.changedAt = this.#now();
    if (stage === CURRENT && from !== undefined && to !== undefined) {
      this.moveStage(secret, PREVIOUS, from);
    }
  }
}
