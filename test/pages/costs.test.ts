import { readFileSync } from "node:fs";
import { calculateCosts, fixedTable, messageTable } from "../benchmarks/costs/tables.ts";

const page = readFileSync("lib/cloud/COSTS.md", "utf8");

/** The cells of each row between a heading's row and the end of its table. */
function rowsBelow(heading: string): string[][] {
  const [, table = ""] = page.split(`\n| ${heading} |`);
  const [, ...rows] = (table.split("\n\n")[0] ?? "").split("\n").slice(1);
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const numbersOf = (text: string) =>
  [...text.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([number]) => Number(number.replaceAll(",", "")));

describe("what AWS costs", () => {
  const costs = calculateCosts();

  it("for messages is what npm run bench:costs calculates", () => {
    expect(page).toContain(`\n\n${messageTable(costs)}\n\n`);
  });

  it("in a month is what npm run bench:costs calculates", () => {
    expect(page).toContain(`\n\n${fixedTable(costs)}\n\n`);
  });

  it("is what the page says in short", () => {
    const [, ...months] = rowsBelow("a month, USD").find(([what]) => what === "**AWS**") ?? [];
    const [one, , ten] = months.flatMap(numbersOf).map(Math.round);
    expect(page).toContain(`costs ${one} for one brand, ${ten} for ten`);
    const [, ...thousands] =
      rowsBelow("1,000 messages of one text each, USD").find(([what]) => what === "**AWS**") ?? [];
    const [inbound = 0, outbound = 0] = thousands.flatMap(numbersOf);
    const example = (numbersOf(months[0] ?? "")[0] ?? 0) + 100 * (inbound + outbound);
    expect(page).toContain(`100,000 messages each way in a month: AWS ${example.toFixed(2)} USD`);
    // "About a cent".
    expect(thousands.flatMap(numbersOf).map((cost) => Math.round(100 * cost))).toEqual([1, 1, 1]);
  });
});

describe("what free answers save at LINE", () => {
  it.each(rowsBelow("Of 10,000 answers are free"))("%s", (plan, ...savings) => {
    const prices = numbersOf(plan);
    expect(prices.length).toBeGreaterThan(0);
    expect(savings.map(numbersOf)).toEqual(
      [0.3, 0.6, 0.9].map((share) => prices.map((price) => Math.round(10_000 * share * price))),
    );
  });
});

describe("what free answers cost in AWS", () => {
  const rows = rowsBelow("1,000 messages").map(([what = "", ...costs]) => ({
    what,
    costs: costs.flatMap(numbersOf),
  }));
  const costsOf = (what: string) => rows.find((row) => row.what.startsWith(what))?.costs;
  const rounded = (values: number[]) => values.map((value) => Number(value.toFixed(4)));

  it("is what the writes and reads cost at the prices of the first table", () => {
    const [writePrice = 0, readPrice = 0] = numbersOf(
      /writes at ([\d.]+) a million; [\d,/ ]+ reads at [\d.]+/.exec(page)?.[0] ?? "",
    ).filter((number) => number > 0 && number < 1);
    expect([writePrice, readPrice]).toEqual([0.715, 0.1425]);
    expect(costsOf("DynamoDB, 3 writes")).toEqual(
      rounded([writePrice * 0.003, writePrice * 0.001]),
    );
    expect(costsOf("DynamoDB, 2,000 read")).toEqual(rounded(Array(2).fill(readPrice * 0.0015)));
  });

  it("is the sum of its rows", () => {
    const parts = rows.slice(0, -1).map(({ costs }) => costs);
    const sums = [0, 1].map((column) =>
      parts.reduce((sum, costs) => sum + (costs[column] ?? 0), 0),
    );
    expect(costsOf("**AWS**")).toEqual(sums.map((sum) => Number(sum.toFixed(3))));
  });
});
