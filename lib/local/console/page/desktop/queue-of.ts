/** The cases of the Architect flow: the market and the `brand` values that the run knows. */
export interface Flow {
  market: string;
  brands: readonly string[];
}

/** Where a conversation was routed, and by what. */
export interface Queue {
  name: string;
  why: string;
}

const NOWHERE: Queue = {
  name: "Nowhere",
  why: "no flow is attached to the integration: no agent would get it",
};

/** The queue behind the flow's default. */
const DEFAULT_QUEUE = "Default";

/**
 * The queue of the Architect flow in lib/operator/README.md: a Switch on the participant data `market` and `brand`,
 * each brand with a queue of its name. Letter case counts, as in Architect. Without a flow a conversation is in none.
 */
export function queueOf(
  data: Readonly<Record<string, string>>,
  flow: Flow,
  isRouted: boolean,
): Queue {
  if (!isRouted) return NOWHERE;
  const { market, brand } = data;
  const missing = ["market", "brand"].filter((name) => !data[name]);
  if (missing.length > 0) {
    return { name: DEFAULT_QUEUE, why: `by default: no ${missing.join(" and no ")}` };
  }
  const values = `market = ${market}, brand = ${brand}`;
  const isCase = market === flow.market && brand !== undefined && flow.brands.includes(brand);
  return isCase
    ? { name: brand, why: `by ${values}` }
    : { name: DEFAULT_QUEUE, why: `by default: no case for ${values}` };
}
