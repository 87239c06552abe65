import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import type { Language } from "../../../lambdas/shared/contract/languages.ts";
import { readBody, startHttpServer } from "../http-server.ts";
import type { OnLog } from "../log-line.ts";
import type { Ready } from "../ready.ts";
import { bareSetupCommand } from "../setup-command.ts";
import type { GenesysCloud } from "../simulators/genesys/genesys-cloud.ts";
import type { LinePlatform } from "../simulators/line/line-platform.ts";
import type { Traffic } from "../simulators/traffic.ts";
import { actAsAgent, agentAct } from "./agent-act.ts";
import { type CustomerAct, customerAct } from "./customer-act.ts";
import { type Faults, faultSwitch } from "./faults.ts";
import { createLive, startEvents } from "./live.ts";
import type { MessageWay } from "./message-way.ts";
import { createMessageWays } from "./message-ways.ts";
import type { PageFiles } from "./page-files.ts";
import { createPhones } from "./phones.ts";
import { SAMPLES_BY_LANGUAGE } from "./samples/samples-by-language.ts";
import { sendContent } from "./send-content.ts";
import type { ConsoleState } from "./state.ts";

/** A file of 30 MB in base64: more than Genesys accepts from an agent, so that a refusal can be tried. */
const MAX_BODY_BYTES = 41_000_000;

export interface ConsoleServer {
  url: string;
  /** Shows a request to everyone who has the page open. */
  show(traffic: Traffic): void;
  /** Adds a function's log line to the way of its message; shows what happened to a function. */
  take: OnLog;
  close(): Promise<void>;
}

/** An event of a message that the customer has sent. */
const sentEvent = z.object({ webhookEventId: z.string(), messageId: z.string() });

/**
 * A web page on 127.0.0.1 where a person is both the customer in LINE and the agent in Genesys Cloud,
 * and the same for programs: GET /api/ready, GET /api/state?brand=, GET /api/ways?brand=&text=&outcome=,
 * GET /api/content?brand=&messageId= (what a customer has sent), GET /api/attachment?id= (what an agent has sent),
 * GET /api/samples, GET /api/faults, GET /api/traffic and GET /api/live?brand= (server-sent events),
 * POST /api/line, POST /api/genesys, POST /api/faults. Rejects when the port is taken.
 */
export async function startConsole(options: {
  port: number;
  /** The page may still be in the making. */
  page: Promise<PageFiles>;
  faults: Faults;
  ready: Ready;
  /** Of the customers and agents that the page offers. */
  language: Language;
  line: LinePlatform | undefined;
  genesys: GenesysCloud | undefined;
  /** Whether a brand's secrets hold values, and not what the first deployment has put there. */
  hasSecrets: (brand: string) => boolean;
}): Promise<ConsoleServer> {
  const { page, faults, ready, language, line, genesys, hasSecrets } = options;
  const phones = createPhones(line);
  faults.onChange((on) => live.tell("faults", on));
  const viewers = new Set<ServerResponse>();
  const ways = createMessageWays();
  const live = createLive({
    first: (brands) => ({
      ready,
      ways: ways.list({}).filter(({ brand }) => brands.includes(brand)),
      faults: faults.on(),
    }),
    state,
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    switch (`${request.method} ${url.pathname}`) {
      case "GET /api/ready":
        return json(response, 200, ready);
      case "GET /api/state":
        return json(response, 200, state(url.searchParams.get("brand") ?? ""));
      case "GET /api/ways":
        return json(response, 200, ways.list(Object.fromEntries(url.searchParams)));
      case "GET /api/faults":
        return json(response, 200, faults.on());
      case "POST /api/faults":
        return post(request, response, faultSwitch, async ({ fault, on }) => {
          faults.set(fault, on);
          return faults.on();
        });
      case "GET /api/live":
        return live.watch(brandsOf(url), response);
      case "GET /api/samples":
        return json(response, 200, SAMPLES_BY_LANGUAGE[language]);
      case "GET /api/attachment": {
        const file = genesys?.agentFile(url.searchParams.get("id") ?? "");
        if (file === undefined) return json(response, 404, { message: "Not Found" });
        const { bytes, mime: contentType, filename: fileName } = file;
        return sendContent({ bytes, contentType, fileName }, request.headers.range, response);
      }
      case "GET /api/content": {
        const { brand = "", messageId = "" } = Object.fromEntries(url.searchParams);
        const media = line?.content(brand, messageId);
        if (media === undefined) return json(response, 404, { message: "Not Found" });
        return sendContent(media, request.headers.range, response);
      }
      case "GET /api/traffic":
        startEvents(response);
        viewers.add(response);
        response.once("close", () => viewers.delete(response));
        return;
      case "POST /api/line":
        return post(request, response, customerAct, (act) => perform(act, customerActs));
      case "POST /api/genesys":
        return post(request, response, agentAct, (act) =>
          perform(act, (one) => actAsAgent(genesys, one)),
        );
      default: {
        const file = request.method === "GET" ? (await page).get(url.pathname) : undefined;
        if (file === undefined) return json(response, 404, { message: "Not Found" });
        response.writeHead(200, { "content-type": file.contentType });
        response.end(file.bytes);
      }
    }
  }

  /** What a person has to do before messages can flow; undefined when nothing is left to do. */
  function missingSetup(brand: string): string | undefined {
    if (!(brand in ready.brands)) return undefined;
    const hasWebhook = line === undefined || line.webhook(brand) !== undefined;
    if (hasWebhook && hasSecrets(brand)) return undefined;
    return `${brand} is not set up yet. Run the command that npm start has printed for it: ${bareSetupCommand(brand)}`;
  }

  async function customerActs(act: CustomerAct): Promise<object> {
    const done = await phones.act(act);
    const { webhookEventId, messageId } = sentEvent.safeParse(done).data ?? {};
    if (webhookEventId !== undefined && messageId !== undefined) {
      tellWay(ways.name(act.brand, webhookEventId, messageId));
    }
    return done;
  }

  function tellWay(way: MessageWay | undefined): void {
    if (way !== undefined) live.tell("way", way, way.brand);
  }

  /** What is done shows before its webhook is answered. */
  async function perform<Act extends { brand: string }>(
    act: Act,
    how: (act: Act) => Promise<object>,
  ): Promise<object> {
    const missing = missingSetup(act.brand);
    if (missing !== undefined) throw new Error(missing);
    const done = how(act);
    live.changed();
    return done.finally(live.changed);
  }

  /** The brand that is asked for; all of them where that is none of this run's. */
  function brandsOf(url: URL): string[] {
    const asked = url.searchParams.get("brand") ?? "";
    return asked in ready.brands ? [asked] : Object.keys(ready.brands);
  }

  function state(brand: string): ConsoleState {
    return {
      brand,
      missingSetup: missingSetup(brand),
      replaced: [...(line ? [] : ["LINE"]), ...(genesys ? [] : ["Genesys Cloud"])],
      phones: phones.of(brand),
      conversations: genesys?.conversations(brand) ?? [],
      receipts: genesys?.receipts(brand) ?? [],
    };
  }

  const server = await startHttpServer(answer, options.port);
  return {
    url: server.url,
    show(traffic) {
      for (const viewer of viewers) viewer.write(`data: ${JSON.stringify(traffic)}\n\n`);
      live.tell("traffic", traffic);
      live.changed();
    },
    take(line) {
      tellWay(ways.take(line));
      if (line.stream === "platform") live.tell("platform", `${line.source}: ${line.text}`);
      live.changed();
    },
    async close() {
      live.close();
      await server.close();
    },
  };
}

async function post<Input>(
  request: IncomingMessage,
  response: ServerResponse,
  schema: z.ZodType<Input>,
  act: (input: Input) => Promise<unknown>,
): Promise<void> {
  // A form of another site cannot send this content type: the browser would ask the console first.
  if (request.headers["content-type"] !== "application/json") {
    return json(response, 415, { message: "send content-type application/json" });
  }
  try {
    const body = await readBody(request, MAX_BODY_BYTES);
    if (body === undefined) return json(response, 413, { message: "files of up to 30 MB" });
    json(response, 200, await act(schema.parse(JSON.parse(String(body)))));
  } catch (error) {
    json(response, 400, { message: error instanceof Error ? error.message : String(error) });
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
}
