import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import type { Language } from "../../../lambdas/shared/contract/languages.ts";
import type { QueueStep } from "../functions/event-source.ts";
import type { OnRequest } from "../gateway/gateway.ts";
import { startHttpServer } from "../http-server.ts";
import type { OnLog } from "../log-line.ts";
import type { Ready } from "../ready.ts";
import type { GenesysCloud } from "../simulators/genesys/genesys-cloud.ts";
import type { LinePlatform } from "../simulators/line/line-platform.ts";
import type { Traffic } from "../simulators/traffic.ts";
import { actAsAgent, agentAct } from "./agent-act.ts";
import { json, post } from "./answers.ts";
import { createBrandStates } from "./brand-states.ts";
import { type CustomerAct, customerAct } from "./customer-act.ts";
import { type Faults, faultSwitch } from "./faults.ts";
import { createLive, startEvents, tellViewer } from "./live.ts";
import type { MessageWay } from "./message-way.ts";
import { createMessageWays } from "./message-ways.ts";
import type { PageFiles } from "./page-files.ts";
import { jsonOf } from "./payload-text.ts";
import { createPhones } from "./phones.ts";
import { isAnyQueued } from "./queue-counts.ts";
import { createQueueWatch } from "./queue-watch.ts";
import type { DeadLetter, QueuesState } from "./queues-state.ts";
import { offeredSamples } from "./samples/offered-samples.ts";
import { SAMPLES_BY_LANGUAGE } from "./samples/samples-by-language.ts";
import { createSeenSteps } from "./seen-steps.ts";
import { sendContent } from "./send-content.ts";
import type { Call } from "./watch-calls.ts";
import { lineEvents, webhookOf } from "./webhook-content.ts";

export interface ConsoleServer {
  url: string;
  /** Shows a request to everyone who has the page open. */
  show(traffic: Traffic): void;
  /** Adds a function's log line to the way of its message; shows what happened to a function. */
  take: OnLog;
  /** Adds a request to a webhook to the ways of its messages. What somebody else has sent in LINE's name happens in LINE. */
  webhook: OnRequest;
  /** Adds a request of the bridge to the way of its message, where it names one. */
  call(call: Call): void;
  /** Adds what becomes of a message in a queue. */
  queue(step: QueueStep): void;
  close(): Promise<void>;
}

/** An event of a message that the customer has sent. */
const sentEvent = z.object({ webhookEventId: z.string(), messageId: z.string() });

/**
 * A web page on 127.0.0.1 where a person is both the customer in LINE and the agent in Genesys Cloud,
 * and the same for programs: GET /api/ready, GET /api/state?brand=, GET /api/ways?brand=&text=&outcome=,
 * GET /api/exchange?number=, GET /api/dead-letters, GET /api/content?brand=&messageId= (what a customer has sent),
 * GET /api/attachment?id= (what an agent has sent), GET /api/samples, GET /api/faults, GET /api/traffic and
 * GET /api/live?brand= (server-sent events),
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
  /** The templates that every brand has, by their names; none if left out. */
  templates?: ReadonlySet<string>;
  line: LinePlatform | undefined;
  genesys: GenesysCloud | undefined;
  /** Whether a brand's secrets hold values, and not what the first deployment has put there. */
  hasSecrets: (brand: string) => boolean;
  readQueues: () => Promise<QueuesState>;
  readDeadLetters: () => Promise<DeadLetter[]>;
}): Promise<ConsoleServer> {
  const { page, faults, ready, language, line, genesys, hasSecrets } = options;
  const samples = offeredSamples(SAMPLES_BY_LANGUAGE[language], options.templates ?? new Set());
  const phones = createPhones(line);
  faults.onChange((on) => live.tell("faults", on));
  const viewers = new Set<ServerResponse>();
  const ways = createMessageWays();
  const states = createBrandStates({ ready, line, genesys, phones, ways, hasSecrets });
  const seen = createSeenSteps(ways);
  const queues = createQueueWatch({
    read: options.readQueues,
    goesOn: isAnyQueued,
    isWatched: () => live.isWatched(),
    tell: (state) => live.tell("queues", state),
  });
  const live = createLive({
    first: (brands) => ({
      ready,
      queues: queues.last(),
      ways: ways.list({}).filter(({ brand }) => brands.includes(brand)),
      faults: faults.on(),
    }),
    state: states.of,
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // A path may begin with two slashes: that is no host.
    const url = URL.parse(`http://127.0.0.1${request.url}`);
    if (url === null) return json(response, 400, { message: "The address cannot be read." });
    switch (`${request.method} ${url.pathname}`) {
      case "GET /api/ready":
        return json(response, 200, ready);
      case "GET /api/state":
        return json(response, 200, states.of(url.searchParams.get("brand") ?? ""));
      case "GET /api/ways":
        return json(response, 200, ways.list(Object.fromEntries(url.searchParams)));
      case "GET /api/exchange": {
        const bodies = ways.bodies(Number(url.searchParams.get("number")));
        return json(response, bodies ? 200 : 404, bodies ?? { message: "It is no longer kept." });
      }
      case "GET /api/dead-letters":
        return json(response, 200, await options.readDeadLetters());
      case "GET /api/faults":
        return json(response, 200, faults.on());
      case "POST /api/faults":
        return post(request, response, faultSwitch, async ({ fault, on }) => {
          faults.set(fault, on);
          return faults.on();
        });
      case "GET /api/live":
        live.watch(brandsOf(url), response);
        return queues.look();
      case "GET /api/samples":
        return json(response, 200, samples);
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

  /** Something has happened: what both sides see and what is in the queues may be different now. */
  function changed(changedWays: MessageWay[] = []): void {
    for (const way of changedWays) tellWay(way);
    live.changed();
    queues.look();
  }

  /** What is done shows before its webhook is answered. */
  async function perform<Act extends { brand: string }>(
    act: Act,
    how: (act: Act) => Promise<object>,
  ): Promise<object> {
    if (!states.isKnown(act.brand)) throw new Error(`This run has no brand ${act.brand}.`);
    const missing = states.missingSetup(act.brand);
    if (missing !== undefined) throw new Error(missing);
    const done = how(act);
    live.changed();
    return done.finally(live.changed);
  }

  /** The brand that is asked for; all of them where that is none of this run's. */
  function brandsOf(url: URL): string[] {
    const asked = url.searchParams.get("brand") ?? "";
    return states.isKnown(asked) ? [asked] : Object.keys(ready.brands);
  }

  const server = await startHttpServer(answer, options.port);
  return {
    url: server.url,
    show(traffic) {
      for (const viewer of viewers) tellViewer(viewer, `data: ${JSON.stringify(traffic)}\n\n`);
      live.tell("traffic", traffic);
      changed();
    },
    take(line) {
      tellWay(ways.take(line));
      if (line.stream === "platform") live.tell("platform", `${line.source}: ${line.text}`);
      changed();
    },
    webhook(request, bodies) {
      const { from, brand = "" } = webhookOf(request.path) ?? {};
      if (!states.isKnown(brand)) return;
      if (from === "LINE" && request.status === 200) {
        line?.learn(brand, lineEvents(jsonOf(bodies.request)));
      }
      changed(seen.webhook(request, bodies));
    },
    call: (call) => changed(seen.call(call)),
    queue: (step) => changed(seen.queue(step)),
    async close() {
      live.close();
      queues.close();
      await server.close();
    },
  };
}
