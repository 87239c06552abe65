import { randomUUID } from "node:crypto";
import { join } from "node:path";
import {
  type GenesysCloud,
  startGenesysCloud,
} from "../../lib/local/simulators/genesys/genesys-cloud.ts";
import {
  type LinePlatform,
  startLinePlatform,
} from "../../lib/local/simulators/line/line-platform.ts";
import type { Traffic } from "../../lib/local/simulators/traffic.ts";
import { sign } from "../lambdas/webhook-event.ts";
import { temporaryDirectory } from "../lib/local/temporary-directory.ts";
import { sampleMarkets } from "../sample-markets.ts";
import { type RunningBridge, startBridge } from "./running-bridge.ts";

const BRANDS = ["retail-thai", "travel-thai"];

export const newUser = () => `U${randomUUID().replaceAll("-", "")}`;

/** A started bridge that talks to servers which it has not started, as it would to the real platforms. */
export interface BridgeBetweenServers {
  bridge: RunningBridge;
  line: LinePlatform;
  genesys: GenesysCloud;
  /** Every request that the servers answered or sent. */
  traffic: Traffic[];
  /** Posts events, or a body as it is, to the LINE webhook. */
  post(events: object[] | string, signature?: string, brand?: string): Promise<Response>;
  /** Posts a message to the Genesys webhook. */
  postGenesys(message: object, brand?: string): Promise<Response>;
  stop(): Promise<void>;
}

/** An OAuth client that may write to customers, as a program of the company has one. */
export const NOTIFIER = {
  clientId: "notifier",
  clientSecret: "notifier-secret",
  permissions: ["conversation:message:create"],
};

/** Genesys Cloud admits 300, which these tests would wait for; the benchmark of the limit does. */
const REQUESTS_PER_MINUTE = 6_000;

/** Of LINE; the tests do not come near it. */
export const MONTHLY_LIMIT = 1_000_000;

/** `thailand` are settings of the market, without which it is as in the sample markets. */
export async function startBetweenServers(
  thailand: object | undefined = sampleMarkets().Thailand,
): Promise<BridgeBetweenServers> {
  const Thailand = { ...thailand, requestsPerMinute: REQUESTS_PER_MINUTE };
  const files = temporaryDirectory({ "markets.json": JSON.stringify({ Thailand }) });
  const traffic: Traffic[] = [];
  const onTraffic = (one: Traffic) => void traffic.push(one);
  const channels = BRANDS.map((brandKey) => ({
    brandKey,
    channelId: "",
    channelSecret: "",
    botUserId: newUser(),
  }));
  const integrations = BRANDS.map((brandKey) => ({
    brandKey,
    integrationId: "",
    name: brandKey,
    webhookSecret: "",
    clientId: "",
    clientSecret: "",
  }));
  const line = await startLinePlatform({
    channels,
    onTraffic,
    redeliveryPauses: [500, 500],
    monthlyLimit: MONTHLY_LIMIT,
    language: "th",
  });
  const genesys = await startGenesysCloud({
    integrations,
    clients: [NOTIFIER],
    onTraffic,
    webhookPauseMilliseconds: 200,
    requestsPerMinute: REQUESTS_PER_MINUTE,
  });
  const bridge = await startBridge(
    ...["--line-api", line.origin],
    ...["--line-data-api", line.origin],
    ...["--genesys-api", genesys.origin],
    ...["--genesys-login", genesys.origin],
    ...["--markets", join(files.path, "markets.json")],
  );
  for (const channel of channels)
    Object.assign(channel, await bridge.getSecret(`Thailand/${channel.brandKey}/line`));
  for (const integration of integrations)
    Object.assign(integration, await bridge.getSecret(`Thailand/${integration.brandKey}/genesys`));
  for (const [key, { line: own, genesys: other }] of Object.entries(bridge.ready.brands)) {
    line.setWebhook(key, own.webhook);
    genesys.setWebhook(key, other.webhook);
  }
  return {
    bridge,
    line,
    genesys,
    traffic,
    post(events, signature, brand = "retail-thai") {
      const body =
        typeof events === "string" ? events : JSON.stringify({ destination: "U0", events });
      const secret = bridge.ready.brands[brand]?.line.channelSecret ?? "";
      return fetch(`${bridge.ready.gateway}/line/${brand}`, {
        method: "POST",
        headers: {
          "content-type": "application/json; charset=utf-8",
          "x-line-signature": signature ?? sign(body, secret),
        },
        body,
      });
    },
    postGenesys(message, brand = "retail-thai") {
      const body = JSON.stringify(message);
      const secret = bridge.ready.brands[brand]?.genesys.webhookSecret ?? "";
      return fetch(`${bridge.ready.gateway}/genesys/${brand}`, {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "x-hub-signature-256": `sha256=${sign(body, secret)}`,
        },
        body,
      });
    },
    async stop() {
      await Promise.all([bridge.stop(), line.close(), genesys.close()]);
      files.remove();
    },
  };
}
