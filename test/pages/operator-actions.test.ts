import { globSync, readFileSync } from "node:fs";

/** Modules of the AWS SDK, by the names of their services in permissions. */
const SERVICES: Record<string, string> = {
  "client-cloudformation": "cloudformation",
  "client-cloudwatch": "cloudwatch",
  "client-lambda": "lambda",
  "client-s3": "s3",
  "client-secrets-manager": "secretsmanager",
  "client-sns": "sns",
  "client-sqs": "sqs",
  "client-sts": "sts",
  "lib-dynamodb": "dynamodb",
};

/** Calls whose permission has another name. */
const ACTIONS: Record<string, string> = {
  "dynamodb:Delete": "dynamodb:DeleteItem",
  "dynamodb:Put": "dynamodb:PutItem",
  "s3:ListObjectsV2": "s3:ListBucket",
};

/** What the functions' own code does for the operator: it deletes hosted media. */
const SHARED = ["s3:DeleteObject"];

/** The actions that a file of the operator's calls. */
function actionsIn(source: string): string[] {
  return [...source.matchAll(/import \{([^}]*)\} from "@aws-sdk\/([\w-]+)"/g)].flatMap(
    ([, names = "", module = ""]) =>
      names.split(",").flatMap((name) => {
        const call = /^\s*(?:paginate(\w+)|(\w+)Command)\s*$/.exec(name);
        if (call === null) return [];
        const action = `${SERVICES[module] ?? module}:${call[1] ?? call[2]}`;
        return ACTIONS[action] ?? action;
      }),
  );
}

test("the table of what the operator's command needs in AWS names what it calls, and no more", () => {
  const files = globSync("lib/operator/**/*.ts");
  const called = files.flatMap((file) => actionsIn(readFileSync(file, "utf8")));
  const page = readFileSync("lib/operator/README.md", "utf8");
  const [, section = ""] = page.split("### What it needs in AWS");
  const named = [...section.matchAll(/^\| (`[^|]*`) \|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([^`]+)`/g)].flatMap(([, action = ""]) => action),
  );
  expect(named.toSorted()).toEqual([...new Set([...called, ...SHARED])].toSorted());
});
