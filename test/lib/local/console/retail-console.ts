import { startConsole } from "../../../../lib/local/console/console.ts";
import type { PageFiles } from "../../../../lib/local/console/page-files.ts";
import { startLinePlatform } from "../../../../lib/local/simulators/line/line-platform.ts";
import { startWebhookReceiver } from "../simulators/webhook-receiver.ts";
import { NO_QUEUES, noFaults, READY, RETAIL_CHANNEL } from "./sample-ready.ts";

const TRAVEL = Object.fromEntries(
  Object.values(READY.brands).map((brand) => ["travel", { ...brand, brand: "Travel_Thai" }]),
);

/**
 * A console of the brand `retail` with LINE, and a bridge that answers 200 to every webhook. A second brand has no
 * channel.
 */
export async function startRetailConsole(page: Promise<PageFiles> = Promise.resolve(new Map())) {
  const bridge = await startWebhookReceiver();
  const line = await startLinePlatform({
    channels: [RETAIL_CHANNEL],
    onTraffic: (traffic) => server.show(traffic),
  });
  line.setWebhook("retail", bridge.url);
  const server = await startConsole({
    port: 0,
    page,
    faults: noFaults(),
    ready: { ...READY, brands: { ...READY.brands, ...TRAVEL } },
    line,
    genesys: undefined,
    hasSecrets: () => true,
    readQueues: async () => NO_QUEUES,
    readDeadLetters: async () => [],
    language: "th",
  });
  const call = async (path: string, body: object) => {
    const response = await fetch(`${line.origin}${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${RETAIL_CHANNEL.channelAccessToken}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`LINE refused it: ${await response.text()}`);
  };
  return {
    url: server.url,
    line,
    /** Events that the bridge has got, in order. */
    events: () => bridge.bodies().flatMap(({ events }) => events),
    /** What the customer does: body of POST /api/line without the brand. */
    async does(act: object) {
      const response = await fetch(`${server.url}/api/line`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ brand: "retail", ...act }),
      });
      const body = (await response.json()) as { messageId: string };
      return { status: response.status, body };
    },
    /** What the account sends, through LINE's own API. */
    push: (to: string, message: object) =>
      call("/v2/bot/message/push", { to, messages: [message] }),
    startLoading: (chatId: string) =>
      call("/v2/bot/chat/loading/start", { chatId, loadingSeconds: 60 }),
    async close() {
      await server.close();
      await line.close();
      await bridge.close();
    },
  };
}
