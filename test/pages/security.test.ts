import { readdirSync, readFileSync } from "node:fs";
import { SERVICES } from "../../lambdas/shared/contract/services.ts";
import { MARKETS, permissions, synthesize } from "../lib/cloud/synthesize.ts";
import { functionsOf, permissionTable, unboundedActions } from "./permission-table.ts";

const PAGE = readFileSync(".github/SECURITY.md", "utf8");
const BRANDS = Object.keys(MARKETS.Thailand?.brands ?? {});

/** The page's table that begins with this heading row. */
function tableOf(page: string, heading: string): string {
  const at = page.indexOf(`${heading}\n`);
  return at === -1 ? "" : (page.slice(at).split("\n\n")[0] ?? "").trimEnd();
}

describe(".github/SECURITY.md", () => {
  it("says what each function may do, as the template does", () => {
    const table = permissionTable(synthesize("Thailand"), "Thailand", BRANDS);
    expect(tableOf(PAGE, "| Function | What | May |")).toBe(table);
  });

  it("leaves no function of the template out", () => {
    expect(functionsOf(synthesize("Thailand")).sort()).toEqual(Object.values(SERVICES).sort());
  });

  it("is right that only X-Ray, where a market wants it, is allowed for all resources", () => {
    expect(unboundedActions(synthesize("Thailand"))).toEqual([]);
    const traced = unboundedActions(synthesize("Japan"));
    expect(traced).toHaveLength(2 * Object.keys(SERVICES).length);
    expect(traced.filter((line) => !/ xray:Put\w+ "\*"$/.test(line))).toEqual([]);
  });

  it("names each secret, with what is in it and who reads it", () => {
    const readers = (name: string) =>
      Object.values(SERVICES)
        .filter((service) =>
          permissions(synthesize("Thailand"), service).includes(
            `secretsmanager:GetSecretValue ${name}`,
          ),
        )
        .map((service) => `\`${service}\``);
    const secrets = synthesize("Thailand").findResources("AWS::SecretsManager::Secret");
    for (const { Properties } of Object.values(secrets)) {
      const { Name, SecretString, GenerateSecretString } = Properties;
      const brand = BRANDS.find((key) => Name.includes(key)) ?? "\n";
      const name = Name.replace("Thailand", "<market>").replace(brand, "<brand>");
      const fields = Object.keys(
        SecretString === undefined
          ? { [GenerateSecretString.GenerateStringKey]: "" }
          : JSON.parse(SecretString),
      );
      const row = PAGE.split("\n").find((line) => line.startsWith(`| \`${name}\` |`));
      expect(fields.length).toBeGreaterThan(0);
      expect(row?.split("|")[3]?.trim()).toBe(readers(Name).join(", "));
      expect({ name, row }).toEqual({
        name,
        row: expect.stringMatching(new RegExp(fields.map((field) => `\`${field}\``).join(".*"))),
      });
    }
  });

  it("gives a reason for each rule of cdk-nag that the stack does not follow, and for no other", () => {
    const code = readdirSync("lib/cloud")
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(`lib/cloud/${file}`, "utf8"))
      .join("\n");
    const rulesIn = (text: string) => [...new Set(text.match(/AwsSolutions-[A-Z]+\d+/g))].sort();
    expect(rulesIn(code).length).toBeGreaterThan(0);
    expect(rulesIn(tableOf(PAGE, "| Rule | What it asks for | Why not |"))).toEqual(rulesIn(code));
  });
});
