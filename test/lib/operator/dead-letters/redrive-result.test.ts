import { emptyResult, isComplete } from "../../../../lib/operator/dead-letters/redrive-result.ts";

it.each([
  ["everything went back", {}, true],
  ["something stays", { heldBack: { LineRefused: 1 } }, false],
  ["something came back", { parkedAgain: { LineRefused: 1 } }, false],
  ["a brand has no queue", { withoutQueue: { "retail-gone": 1 } }, false],
  ["something was not seen", { unseen: 1 }, false],
  ["something was not chosen", { others: { LineRefused: 1 } }, true],
])("is complete where %s: %j %p", (_, result, expected) => {
  expect(isComplete({ ...emptyResult("inbound"), ...result })).toBe(expected);
});
