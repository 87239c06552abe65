import { readFileSync } from "node:fs";
import { PARK_REASONS } from "../../lambdas/shared/contract/park-reasons.ts";

const PAGE = readFileSync("lib/cloud/RUNBOOK.md", "utf8");

describe("lib/cloud/RUNBOOK.md", () => {
  it.each(PARK_REASONS)("explains the reason %s of dead letters", (reason) => {
    expect(PAGE).toContain(`\`${reason}\``);
  });
});
