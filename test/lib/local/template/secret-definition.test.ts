import { defineSecret } from "../../../../lib/local/template/secret-definition.ts";

const place = { arn: "arn:secret", stackName: "Small" };

function generated(GenerateSecretString: Record<string, unknown>): string {
  return defineSecret("Key", { GenerateSecretString }, place).value;
}

describe("a generated secret", () => {
  it("is put into its template, as long and from the characters that it says", () => {
    const value = generated({
      SecretStringTemplate: '{"user":"bridge"}',
      GenerateStringKey: "keySecret",
      PasswordLength: 64,
      ExcludePunctuation: true,
    });
    expect(JSON.parse(value)).toEqual({
      user: "bridge",
      keySecret: expect.stringMatching(/^[A-Za-z0-9]{64}$/),
    });
  });

  it("is 32 characters of every kind where nothing else is said", () => {
    for (let count = 0; count < 50; count += 1) {
      const value = generated({});
      expect(value).toHaveLength(32);
      for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/]) expect(value).toMatch(kind);
    }
  });

  it("is another one each time", () => {
    expect(generated({})).not.toBe(generated({}));
  });

  it.each([
    ["a template without a key", { SecretStringTemplate: "{}" }, "Key: SecretStringTemplate and"],
    [
      "a template that is not JSON",
      { SecretStringTemplate: "{", GenerateStringKey: "k" },
      "Key.SecretStringTemplate: is not valid JSON",
    ],
    [
      "a template that is no object",
      { SecretStringTemplate: "[]", GenerateStringKey: "k" },
      "Key.SecretStringTemplate: ",
    ],
    ["fewer characters than kinds", { PasswordLength: 3 }, "Key: GenerateSecretString.Password"],
  ])("refuses %s", (_name, settings, message) => {
    expect(() => generated(settings)).toThrow(message);
  });
});

it("a secret without a value is refused", () => {
  expect(() => defineSecret("Key", {}, place)).toThrow(
    "Key: must have either SecretString or GenerateSecretString",
  );
});
