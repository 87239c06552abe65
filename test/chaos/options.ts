import { parseArgs } from "node:util";

export interface ChaosOptions {
  messages: number;
  seed: string;
  /** The first of the sample markets if undefined. */
  market: string | undefined;
  /** Requests a minute, of the simulator and of the bridge's configuration. */
  genesysRate: number;
  /** Messages that are begun in a second, at most. */
  pace: number;
  /** Seconds for which each side is out of order. */
  outage: number;
  /** How long 95 of 100 messages of a healthy brand may take beside a brand in trouble, in ms. */
  reach: number;
  help: boolean;
}

export const USAGE = `npm run chaos -- [options]
  --messages N        messages of customers and agents together (default 2000)
  --seed S            decides what is said and what goes wrong (default 1)
  --market M          which of the sample markets to run (default: the first)
  --genesys-rate N    requests a minute that Genesys Cloud admits (default 6000)
  --pace N            messages that are begun in a second, at most (default 12)
  --outage N          seconds for which each side is out of order (default 15)
  --reach N           ms that healthy brands' messages may take beside a brand in trouble, p95 (default 5000)
`;

/** Reads the command line. Throws an Error that says what is wrong with it. */
export function readOptions(argv: string[]): ChaosOptions {
  const { values } = parseArgs({
    args: argv,
    options: {
      messages: { type: "string", default: "2000" },
      seed: { type: "string", default: "1" },
      market: { type: "string" },
      "genesys-rate": { type: "string", default: "6000" },
      pace: { type: "string", default: "12" },
      outage: { type: "string", default: "15" },
      reach: { type: "string", default: "5000" },
      help: { type: "boolean", default: false },
    },
  });
  return {
    messages: positive("messages", values.messages),
    seed: values.seed,
    market: values.market,
    genesysRate: positive("genesys-rate", values["genesys-rate"]),
    pace: positive("pace", values.pace),
    outage: positive("outage", values.outage),
    reach: positive("reach", values.reach),
    help: values.help,
  };
}

function positive(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new Error(`--${name} ${text}: must be a whole number above 0`);
}
