import { parseArgs } from "node:util";

/** The options of `npm start`. */
export interface LocalOptions {
  /** The market's key; the first one if undefined. */
  market: string | undefined;
  /** A JSON file with another `markets` object than cdk.json's. */
  marketsFile: string | undefined;
  /** The gateway's port; the console's is one higher. 0 takes any free ports. */
  port: number;
  console: boolean;
  json: boolean;
  /** Nothing is set up, as right after the first deployment. */
  emptySecrets: boolean;
  help: boolean;
  /** Servers that replace the built-in simulators. */
  servers: Partial<Record<ServerFlag, string>>;
}

const SERVER_FLAGS = ["line-api", "line-data-api", "genesys-api", "genesys-login"] as const;
type ServerFlag = (typeof SERVER_FLAGS)[number];

export const USAGE = `npm start -- [options]
  --market NAME          which market to run (default: the first)
  --markets FILE         a JSON file with another "markets" object than cdk.json
  --port N               port of the gateway (default 3000; 0 = any free); the console has the next one
  --no-console           do not start the web console
  --json                 print one JSON line when ready, everything else to stderr
  --empty-secrets        start like a stack right after its first deployment; set it up with
                         npm run operator -- setup --local
  --line-api URL         talk to this LINE Messaging API instead of the built-in simulator
  --line-data-api URL    the same for LINE's content API (default: the URL of the Messaging API)
  --genesys-api URL      talk to this Genesys Cloud Platform API instead of the built-in simulator;
                         agents' attachments are downloaded from it too
  --genesys-login URL    the same for Genesys Cloud's login
`;

/** The command line cannot be understood; the message says why. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** Reads the command line. Throws UsageError. */
export function readOptions(argv: string[]): LocalOptions {
  const { values } = parse(argv);
  const servers: LocalOptions["servers"] = {};
  for (const flag of SERVER_FLAGS) {
    const value = values[flag];
    if (value !== undefined) servers[flag] = origin(flag, value);
  }
  return {
    market: values.market,
    marketsFile: values.markets,
    port: port(values.port),
    console: values["no-console"] !== true,
    json: values.json === true,
    emptySecrets: values["empty-secrets"] === true,
    help: values.help === true,
    servers,
  };
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      strict: true,
      allowPositionals: false,
      options: {
        market: { type: "string" },
        markets: { type: "string" },
        port: { type: "string", default: "3000" },
        "no-console": { type: "boolean" },
        json: { type: "boolean" },
        "empty-secrets": { type: "boolean" },
        help: { type: "boolean" },
        "line-api": { type: "string" },
        "line-data-api": { type: "string" },
        "genesys-api": { type: "string" },
        "genesys-login": { type: "string" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function port(text: string): number {
  const value = Number(text);
  // The console has the next port.
  if (/^\d+$/.test(text) && value < 65_535) return value;
  throw new UsageError(`--port ${text}: must be a number from 0 to 65534`);
}

/** The platforms' clients add their own path to the origin, so a path given here would be lost. */
function origin(flag: ServerFlag, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol) || url.pathname !== "/") {
    throw new UsageError(`--${flag} ${text}: must be an origin such as http://127.0.0.1:8080`);
  }
  return url.origin;
}
