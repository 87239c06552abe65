import { createFindBrand } from "../../../../lambdas/shared/brand/find-brand.ts";
import { brandSettingsSchema } from "../../../../lambdas/shared/contract/brand-settings.ts";

const settingsOf = (brand: string) =>
  brandSettingsSchema.parse({ customAttributes: { market: "Thailand", brand } });

function setUp() {
  const assembled: string[] = [];
  const settings = new Map([
    ["retail-thai", settingsOf("Retail_Thai")],
    ["travel-thai", settingsOf("Travel_Thai")],
  ]);
  const findBrand = createFindBrand(settings, (key, each) => {
    assembled.push(key);
    return { key, brand: each.customAttributes.brand };
  });
  return { findBrand, assembled };
}

describe("createFindBrand", () => {
  it("finds each brand with its own settings", () => {
    const { findBrand } = setUp();
    expect(findBrand("retail-thai")).toEqual({ key: "retail-thai", brand: "Retail_Thai" });
    expect(findBrand("travel-thai")).toEqual({ key: "travel-thai", brand: "Travel_Thai" });
  });

  it("assembles each brand once, however often it is asked for", () => {
    const { findBrand, assembled } = setUp();
    expect(findBrand("retail-thai")).toBe(findBrand("retail-thai"));
    findBrand("travel-thai");
    expect(assembled.toSorted()).toEqual(["retail-thai", "travel-thai"]);
  });

  // The last one is a name that every object has.
  it.each(["outlet-thai", "", "Retail-Thai", "constructor"])(
    "lets the message of the unknown brand %j be parked",
    (key) => {
      const { findBrand } = setUp();
      expect(() => findBrand(key)).toThrow(
        expect.objectContaining({ name: "PermanentFailure", reason: "UnknownBrand" }),
      );
    },
  );
});
