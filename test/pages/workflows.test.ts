import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = ".github/workflows";
const workflows = readdirSync(FOLDER).map((name) => ({
  name,
  text: readFileSync(join(FOLDER, name), "utf8"),
}));
const textOf = (name: string) => workflows.find((workflow) => workflow.name === name)?.text ?? "";
const { scripts, engines } = JSON.parse(readFileSync("package.json", "utf8"));

describe("the workflows", () => {
  it("are CI and the example of a deployment", () => {
    expect(workflows.map(({ name }) => name).sort()).toEqual(["ci.yml", "deploy.yml"]);
  });

  it("run in CI the very script, on the oldest Node that may install the project", () => {
    const ci = textOf("ci.yml");
    expect([...ci.matchAll(/run: (.+)/g)].map(([, run]) => run)).toEqual([".ci/run"]);
    expect(() => accessSync(".ci/run", constants.X_OK)).not.toThrow();
    expect(ci).toContain(`node:${/\d+/.exec(engines.node)?.[0]}-`);
  });

  it("deploy by hand alone, with no key that is stored", () => {
    const deploy = textOf("deploy.yml");
    const [, events = ""] = /^on:\n((?: {2}.*\n)+)/m.exec(deploy) ?? [];
    expect(events.match(/^ {2}\w+/gm)).toEqual(["  workflow_dispatch"]);
    for (const { text } of workflows) expect(text).not.toContain("secrets.");
    expect(deploy).toContain("id-token: write");
  });

  it("refuse losses before they execute the change set that was looked at", () => {
    const deploy = textOf("deploy.yml");
    const steps = [
      "npx cdk diff",
      "--method prepare-change-set",
      "describe-change-set",
      "node .ci/refuse-losses.ts",
      "--method execute-change-set",
      "-- doctor",
    ].map((step) => deploy.indexOf(step));
    expect(steps).toEqual(steps.filter((at) => at >= 0).toSorted((a, b) => a - b));
    expect(steps).toHaveLength(6);
  });

  it("name scripts and files that there are, and take no input into a command but by the environment", () => {
    for (const { text } of workflows) {
      for (const [, script = ""] of text.matchAll(/npm run ([\w:-]+)/g)) {
        expect(Object.keys(scripts)).toContain(script);
      }
      for (const [, path = ""] of text.matchAll(/ (\.ci\/[\w-]+(?:\.ts)?)/g)) accessSync(path);
      const commands = text.split("\n").filter((line) => !/^\s+[\w-]+: \$\{\{/.test(line));
      expect(commands.filter((line) => /\$\{\{ *inputs/.test(line))).toEqual([
        ...(text.includes("name: Deploy")
          ? commands.filter((line) => /STACK:|group:/.test(line))
          : []),
      ]);
    }
  });
});
