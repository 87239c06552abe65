import { firstMessageCommand } from "./first-message.ts";
import { deliveryLine, requestLine, trafficLine, warningLine } from "./hop-line.ts";
import type { LocalRun, LocalRunHooks } from "./local-run.ts";
import type { LocalOptions } from "./options.ts";
import type { Ready } from "./ready.ts";
import { setupCommand } from "./setup-command.ts";
import type { OAuthCredentials } from "./simulators/genesys/oauth-client.ts";

/** Prints what `npm start` shows: lines for a person, or one JSON line for a program. */
export interface Watcher {
  hooks: Omit<LocalRunHooks, "onFailure">;
  starting(): void;
  ready(run: Pick<LocalRun, "ready" | "line" | "genesys">, milliseconds: number): void;
}

export function createWatcher({ json, servers, emptySecrets }: LocalOptions): Watcher {
  if (json) return forPrograms();
  const replaced = new Set<string>();
  if (servers["line-api"] !== undefined) replaced.add("LINE");
  if (servers["genesys-api"] !== undefined) replaced.add("Genesys");
  return forPeople(replaced, emptySecrets ? setupSteps : firstSteps);
}

function forPrograms(): Watcher {
  return {
    hooks: {
      onTraffic: () => undefined,
      onRequest: () => undefined,
      onLog: ({ source, text }) => void process.stderr.write(`${source}: ${text}\n`),
    },
    starting: () => undefined,
    ready: ({ ready }) => void process.stdout.write(`${JSON.stringify(ready)}\n`),
  };
}

function forPeople(replaced: ReadonlySet<string>, steps: (ready: Ready) => string[]): Watcher {
  const print = (line: string | undefined) => {
    if (line !== undefined) process.stdout.write(`${line}\n`);
  };
  return {
    hooks: {
      // Webhook requests are shown as the gateway sees them, whoever sends them.
      onTraffic: (traffic) => traffic.to !== "bridge" && print(trafficLine(traffic)),
      onRequest: (request) => print(requestLine(request, Date.now())),
      onLog: (line) => print(deliveryLine(line, replaced, Date.now()) ?? warningLine(line)),
    },
    starting: () => print("Synthesizing the stack and starting its functions …"),
    ready: ({ ready }, milliseconds) => print(welcome(ready, milliseconds, steps)),
  };
}

/** Without a flag, the demo looks for the console at its default address. */
function demoCommand({ console: url }: Ready): string {
  const isDefault = url === undefined || url === "http://127.0.0.1:3001";
  return isDefault ? "npm run demo" : `npm run demo -- --console ${url}`;
}

function welcome(ready: Ready, milliseconds: number, steps: (ready: Ready) => string[]): string {
  const brands = Object.entries(ready.brands).flatMap(([key, brand]) => [
    `  ${brand.brand} (${key})`,
    `    LINE webhook     ${brand.line.webhook}`,
    `    Genesys webhook  ${brand.genesys.webhook}`,
  ]);
  return [
    "",
    `The bridge for ${ready.market} is running. It took ${(milliseconds / 1_000).toFixed(1)} s to start.`,
    ...brands,
    ...(ready.console === undefined
      ? []
      : [`  Console: ${ready.console} (be the customer and the agent in a browser)`]),
    "",
    ...steps(ready),
    "Ctrl-C stops everything. Below, each line is one step of a message:",
    "",
  ].join("\n");
}

function firstSteps(ready: Ready): string[] {
  return [
    "Send a first message, signed as LINE signs it:",
    "",
    firstMessageCommand(ready),
    "",
    `Or see a whole conversation in another terminal: ${demoCommand(ready)}`,
  ];
}

/** With --empty-secrets nothing can be sent before set-up. */
function setupSteps(ready: Ready): string[] {
  const { provisioning } = ready;
  const client = ({ clientId, clientSecret }: OAuthCredentials) =>
    `client ID ${clientId}, client secret ${clientSecret}`;
  return [
    "Nothing is set up yet. The consoles of the platforms show:",
    ...Object.entries(ready.brands).flatMap(([key, { line, genesys }]) => [
      `  ${key}`,
      `    LINE Developers Console     channel ID ${line.channelId}, channel secret ${line.channelSecret}`,
      `    Genesys Cloud, the bridge   ${client(genesys)}`,
    ]),
    ...(provisioning === undefined
      ? []
      : [`  Genesys Cloud, provisioning   ${client(provisioning)}`]),
    "",
    "Set up a brand in another terminal (add --yes to skip the question):",
    "",
    ...Object.entries(ready.brands).flatMap(([key, brand]) => [
      setupCommand(provisioning, key, brand),
      "",
    ]),
    `Then see a whole conversation of the first brand: ${demoCommand(ready)}`,
  ];
}
