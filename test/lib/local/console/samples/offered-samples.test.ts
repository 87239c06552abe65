import { offeredSamples } from "../../../../../lib/local/console/samples/offered-samples.ts";
import { THAI } from "../../../../../lib/local/console/samples/thai.ts";

it.each([
  [[], []],
  [["store-finder", "other"], ["store-finder"]],
  [
    ["store-finder", "order-shipped"],
    ["store-finder", "order-shipped"],
  ],
])("of canned responses with templates, %j has those of %j", (has, offered) => {
  const { cannedResponses, ...others } = offeredSamples(THAI, new Set(has));
  expect(cannedResponses.flatMap(({ template }) => template ?? [])).toEqual(offered);
  const plain = THAI.cannedResponses.filter((each) => !("template" in each));
  expect(cannedResponses.filter(({ template }) => template === undefined)).toEqual(plain);
  const { cannedResponses: _, ...same } = THAI;
  expect(others).toEqual(same);
});

it("names in each canned response the template that its text sends", () => {
  for (const response of THAI.cannedResponses) {
    const [, named] = /\[LINE TEMPLATE: ([\w-]+)/.exec(response.text) ?? [];
    expect("template" in response ? response.template : undefined).toBe(named);
  }
});
