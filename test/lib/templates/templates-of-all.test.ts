import { marketSchema } from "../../../lib/market-schema.ts";
import { templatesOfAll } from "../../../lib/templates/templates-of-all.ts";

const template = { messages: [{ type: "text", text: "A" }] };

function market(...brands: (string[] | null)[]) {
  return marketSchema.parse({
    awsRegion: "ap-southeast-1",
    genesysRegion: "ap-southeast-1",
    brands: Object.fromEntries(
      brands.map((names, at) => [
        `b${at}`,
        {
          brand: "B",
          templates: names && Object.fromEntries(names.map((name) => [name, template])),
        },
      ]),
    ),
  });
}

it.each([
  [[["a", "b"]], ["a", "b"]],
  [
    [
      ["a", "b", "constructor"],
      ["b", "c"],
    ],
    ["b"],
  ],
  [[["a"], null], []],
  [[null, ["a"]], []],
])("of the brands with %j, all have %j", (brands, names) => {
  expect([...templatesOfAll(market(...brands))]).toEqual(names);
});
