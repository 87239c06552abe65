import type { Market } from "../market-schema.ts";

/** The names of the templates that every brand of a market has. */
export function templatesOfAll({ brands }: Pick<Market, "brands">): Set<string> {
  const ofBrands = Object.values(brands).map(({ templates }) => templates ?? {});
  const [first = {}] = ofBrands;
  return new Set(
    Object.keys(first).filter((name) => ofBrands.every((one) => Object.hasOwn(one, name))),
  );
}
