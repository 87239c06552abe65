import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import {
  type SecretsManager,
  startSecretsManager,
} from "../../../../lib/local/aws/secrets-manager.ts";

describe("Secrets Manager", () => {
  let server: SecretsManager;
  let client: SecretsManagerClient;
  let names = 0;

  beforeAll(async () => {
    server = await startSecretsManager("ap-southeast-1");
    client = new SecretsManagerClient({
      region: "ap-southeast-1",
      endpoint: server.url,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
  });
  afterAll(async () => {
    client.destroy();
    await server.close();
  });

  async function create(SecretString = "first") {
    const Name = `Thailand/brand-${++names}/line`;
    const { ARN } = await client.send(new CreateSecretCommand({ Name, SecretString }));
    return { Name, ARN };
  }
  const get = (SecretId: string | undefined, VersionStage?: string) =>
    client.send(new GetSecretValueCommand({ SecretId, VersionStage }));

  test("reads by name, ARN and ARN without its suffix", async () => {
    const { Name, ARN = "" } = await create();
    expect(ARN).toMatch(/:secret:Thailand\/brand-\d+\/line-.{6}$/);
    for (const id of [Name, ARN, ARN.slice(0, -7)]) {
      const value = await get(id);
      expect(value).toMatchObject({ Name, ARN, SecretString: "first" });
      expect(value.VersionStages).toEqual(["AWSCURRENT"]);
      expect(Math.abs(Date.now() - Number(value.CreatedDate))).toBeLessThan(5_000);
    }
  });

  test("a new value makes the former one AWSPREVIOUS", async () => {
    const { Name } = await create();
    await expect(get(Name, "AWSPREVIOUS")).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: expect.stringContaining("staging label: AWSPREVIOUS"),
    });
    const second = await client.send(
      new PutSecretValueCommand({ SecretId: Name, SecretString: "second" }),
    );
    await client.send(new UpdateSecretCommand({ SecretId: Name, SecretString: "third" }));
    expect((await get(Name)).SecretString).toBe("third");
    expect((await get(Name, "AWSPREVIOUS")).VersionId).toBe(second.VersionId);
    const described = await client.send(new DescribeSecretCommand({ SecretId: Name }));
    expect(
      Object.values(described.VersionIdsToStages ?? {})
        .flat()
        .sort(),
    ).toEqual(["AWSCURRENT", "AWSPREVIOUS"]);
    expect(described.LastChangedDate).toBeInstanceOf(Date);
  });

  test("a repeated token stores once, and not another value", async () => {
    const { Name } = await create();
    const put = { SecretId: Name, ClientRequestToken: "t".repeat(32), SecretString: "second" };
    await client.send(new PutSecretValueCommand(put));
    await client.send(new PutSecretValueCommand(put));
    expect((await get(Name, "AWSPREVIOUS")).SecretString).toBe("first");
    await expect(
      client.send(new PutSecretValueCommand({ ...put, SecretString: "other" })),
    ).rejects.toMatchObject({ name: "ResourceExistsException" });
  });

  test("moves a label back to an earlier version", async () => {
    const { Name } = await create();
    const first = await get(Name);
    const second = await client.send(
      new PutSecretValueCommand({ SecretId: Name, SecretString: "second" }),
    );
    const move = { SecretId: Name, VersionStage: "AWSCURRENT", MoveToVersionId: first.VersionId };
    await expect(client.send(new UpdateSecretVersionStageCommand(move))).rejects.toMatchObject({
      name: "InvalidParameterException",
    });
    await client.send(
      new UpdateSecretVersionStageCommand({ ...move, RemoveFromVersionId: second.VersionId }),
    );
    expect((await get(Name)).SecretString).toBe("first");
    expect((await get(Name, "AWSPREVIOUS")).SecretString).toBe("second");
  });

  test("lists by the beginning of the name", async () => {
    const { Name } = await create();
    const { SecretList } = await client.send(
      new ListSecretsCommand({ Filters: [{ Key: "name", Values: [Name] }] }),
    );
    expect(SecretList?.map((secret) => secret.Name)).toEqual([Name]);
  });

  test("refuses as AWS does", async () => {
    const { Name } = await create();
    await expect(get("nothing")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(client.send(new CreateSecretCommand({ Name }))).rejects.toMatchObject({
      name: "ResourceExistsException",
    });
    await expect(
      client.send(new PutSecretValueCommand({ SecretId: Name, SecretString: "x".repeat(65_537) })),
    ).rejects.toMatchObject({ name: "InvalidParameterException" });
  });
});
