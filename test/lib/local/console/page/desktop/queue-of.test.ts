import { queueOf } from "../../../../../../lib/local/console/page/desktop/queue-of.ts";

const FLOW = { market: "Thailand", brands: ["Retail_Thai", "Travel_Thai"] };

it.each([
  [
    "the brand's",
    { market: "Thailand", brand: "Retail_Thai" },
    "Retail_Thai",
    "by market = Thailand, brand = Retail_Thai",
  ],
  [
    "another brand's",
    { market: "Thailand", brand: "Travel_Thai", tier: "gold" },
    "Travel_Thai",
    "by market = Thailand, brand = Travel_Thai",
  ],
  ["the default one without market", { brand: "Retail_Thai" }, "Default", "by default: no market"],
  [
    "the default one without brand",
    { market: "Thailand", brand: "" },
    "Default",
    "by default: no brand",
  ],
  ["the default one without data", {}, "Default", "by default: no market and no brand"],
  [
    "the default one in another market",
    { market: "Japan", brand: "Retail_Thai" },
    "Default",
    "by default: no case for market = Japan, brand = Retail_Thai",
  ],
  [
    "the default one in other letter case",
    { market: "Thailand", brand: "retail_thai" },
    "Default",
    "by default: no case for market = Thailand, brand = retail_thai",
  ],
])("is %s", (_, data, name, why) => {
  expect(queueOf(data, FLOW, true)).toEqual({ name, why });
});

it("is none where no flow took the conversation", () => {
  const data = { market: "Thailand", brand: "Retail_Thai" };
  expect(queueOf(data, FLOW, false)).toEqual({
    name: "Nowhere",
    why: "no flow is attached to the integration: no agent would get it",
  });
});
