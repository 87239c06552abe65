import type { Host, Trouble } from "./troubled-platforms.ts";

/** One trouble of brand A, beside which brand B is measured. */
export interface Row {
  name: string;
  /** Whose messages: customers' go to Genesys Cloud, agents' to LINE. */
  from: "customers" | "agents";
  /** Both brands use one OAuth client of Genesys Cloud. */
  isShared?: boolean;
  trouble?: Partial<Record<Host, Trouble>>;
  /** A's messages, all at once. */
  customers: number;
  perCustomer?: number;
  kind?: "text" | "image";
  /** B's p95 at most, in ms. */
  reachMs: number;
  /** Also in the short run. */
  isShort?: boolean;
}

/** An outage of one host of brand A, after which A's own messages are measured. */
export interface Recovery {
  name: string;
  from: "customers" | "agents";
  host: Host;
  trouble: Trouble;
  outageSeconds: number;
  /** Each writes once, half of them at the beginning. */
  customers: number;
  requestsPerMinute: number;
  /** A's p95 at most, in ms after the outage: a minute more than the limit asks. */
  reachMs: number;
}

const OWN_MS = 1_000;
const SHARED_MS = 5_000;

export const ROWS: readonly Row[] = [
  { name: "nothing", from: "customers", customers: 0, reachMs: OWN_MS },
  { name: "burst", from: "customers", customers: 600, reachMs: OWN_MS },
  {
    name: "burst, shared client",
    from: "customers",
    isShared: true,
    customers: 600,
    reachMs: SHARED_MS,
    isShort: true,
  },
  {
    name: "Genesys hangs",
    from: "customers",
    trouble: { genesysApi: "hangs" },
    customers: 200,
    perCustomer: 3,
    reachMs: OWN_MS,
  },
  {
    name: "Genesys answers 503",
    from: "customers",
    trouble: { genesysApi: "refuses with 503" },
    customers: 400,
    reachMs: OWN_MS,
  },
  {
    name: "Genesys answers 503, shared client",
    from: "customers",
    isShared: true,
    trouble: { genesysApi: "refuses with 503" },
    customers: 400,
    reachMs: SHARED_MS,
    isShort: true,
  },
  {
    name: "Genesys's login hangs",
    from: "customers",
    trouble: { genesysLogin: "hangs" },
    customers: 200,
    reachMs: OWN_MS,
  },
  {
    name: "LINE content trickles",
    from: "customers",
    trouble: { lineContent: "trickles" },
    customers: 60,
    kind: "image",
    reachMs: OWN_MS,
  },
  { name: "burst of agents", from: "agents", customers: 600, reachMs: OWN_MS },
  {
    name: "LINE push hangs",
    from: "agents",
    trouble: { lineApi: "hangs" },
    customers: 100,
    reachMs: OWN_MS,
    isShort: true,
  },
];

const OUTAGE = { outageSeconds: 150, customers: 600, requestsPerMinute: 3_000, reachMs: 72_000 };

export const RECOVERIES: readonly Recovery[] = [
  {
    name: "Genesys answered 503 for 150 s",
    from: "customers",
    host: "genesysApi",
    trouble: "refuses with 503",
    ...OUTAGE,
  },
  {
    name: "Genesys hung for 150 s",
    from: "customers",
    host: "genesysApi",
    trouble: "hangs",
    ...OUTAGE,
  },
  {
    name: "Genesys's login hung for 150 s",
    from: "customers",
    host: "genesysLogin",
    trouble: "hangs",
    ...OUTAGE,
  },
  // No breaker opens for so few.
  {
    name: "Genesys answered 503 for 150 s, two customers",
    from: "customers",
    host: "genesysApi",
    trouble: "refuses with 503",
    ...OUTAGE,
    customers: 2,
    reachMs: 60_000,
  },
  {
    name: "LINE answered 503 for 150 s",
    from: "agents",
    host: "lineApi",
    trouble: "refuses with 503",
    ...OUTAGE,
  },
];
