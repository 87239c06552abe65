import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { createProgram } from "../../lib/operator/program.ts";
import { pages } from "./pages.ts";

const { scripts }: { scripts: Record<string, string> } = JSON.parse(
  readFileSync("package.json", "utf8"),
);
const verbs = new Map(createProgram().commands.map((verb) => [verb.name(), verb]));

/** Code of a page: what stands in fences and between backticks. */
function codeIn(markdown: string): string[] {
  const fences = [...markdown.matchAll(/^ *```\w*\n([\s\S]*?)^ *```/gm)].flatMap(([, text = ""]) =>
    text.replaceAll("\\\n", " ").split("\n"),
  );
  const rest = markdown.replace(/^ *```\w*\n[\s\S]*?^ *```/gm, "");
  return [...fences, ...[...rest.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text)].map((code) =>
    code.replaceAll(/\s+/g, " "),
  );
}

/** What is wrong with a command line of the operator's; undefined for none. */
function faultOf(line: string): string | undefined {
  const [name = "", ...words] = line.trim().split(" ");
  const verb = verbs.get(name);
  if (verb === undefined) return `no verb ${name}`;
  return words.flatMap((word, index) => optionFault(verb, word, words[index + 1]) ?? [])[0];
}

function optionFault(verb: Command, word: string, value: string | undefined): string | undefined {
  if (!word.startsWith("--")) return undefined;
  const option = verb.options.find(({ long }) => long === word);
  if (option === undefined) return `${verb.name()} knows no ${word}`;
  const isAllowed = value === undefined || option.argChoices?.includes(value) !== false;
  return isAllowed ? undefined : `${word} takes no ${value}`;
}

const CALLS = [/npm run operator -- (?<line>[a-z][^#|;()]*)/, /^\s*op (?<line>[a-z][^#|;()]*)/];

function operatorLines(page: string): string[] {
  return codeIn(readFileSync(page, "utf8")).flatMap((code) => {
    const [line] = CALLS.flatMap((call) => call.exec(code)?.groups?.line ?? []);
    return line ?? [];
  });
}

describe("the commands of the pages", () => {
  it.each(pages())("%s: npm has each script", (page) => {
    const named = codeIn(readFileSync(page, "utf8")).flatMap((code) =>
      [...code.matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)].map(([, script = ""]) => script),
    );
    expect(named.filter((script) => scripts[script] === undefined)).toEqual([]);
  });

  it.each(pages())("%s: the operator's command has each verb, option and choice", (page) => {
    expect(operatorLines(page).flatMap((line) => faultOf(line) ?? [])).toEqual([]);
  });

  it("are found at all", () => {
    expect(operatorLines("lib/cloud/RUNBOOK.md").length).toBeGreaterThan(10);
    expect(operatorLines("lib/operator/README.md").length).toBeGreaterThan(2);
  });

  it.each([
    ["fix --market Thailand", "no verb fix"],
    ["redrive --reson KeepsFailing", "redrive knows no --reson"],
    ["redrive --reason Broken --dry-run", "--reason takes no Broken"],
    ["redrive --reason KeepsFailing --dry-run", undefined],
  ])("are understood: %s", (line, fault) => {
    expect(faultOf(line)).toBe(fault);
  });
});
