import type { LineChannel } from "../../../../../lib/local/simulators/line/channel.ts";
import {
  type LinePlatform,
  startLinePlatform,
} from "../../../../../lib/local/simulators/line/line-platform.ts";
import type { Traffic } from "../../../../../lib/local/simulators/traffic.ts";
import { startWebhookReceiver } from "../webhook-receiver.ts";

export const NOW = Date.UTC(2026, 10, 23);

/** A platform with two accounts, `retail` and `travel`, and a bridge that answers their webhooks. */
export interface RunningLine {
  platform: LinePlatform;
  traffic: Traffic[];
  /** Events that the bridge has got, in order. */
  events(): Record<string, unknown>[];
  /** With the token of the account; "" for none. With a body POST is the usual method. */
  call(
    path: string,
    body?: object,
    brandKey?: "retail" | "travel" | "",
    method?: "POST" | "PUT",
  ): Promise<Response>;
  /** Moves the clock on, unless `startLine` was given another one. */
  wait(milliseconds: number): void;
  close(): Promise<void>;
}

type Settings = Parameters<typeof startLinePlatform>[0];

/** `answers` are the bridge's to the first webhooks. */
export async function startLine({
  webhooks = true,
  answers = [],
  ...settings
}: {
  webhooks?: boolean;
  answers?: Parameters<typeof startWebhookReceiver>[0];
} & Omit<Settings, "channels" | "onTraffic"> = {}): Promise<RunningLine> {
  let now = NOW;
  const traffic: Traffic[] = [];
  const bridge = await startWebhookReceiver(answers);
  const platform = await startLinePlatform({
    channels: [channel("retail"), channel("travel")],
    now: () => now,
    ...settings,
    onTraffic: (one) => traffic.push(one),
  });
  if (webhooks) {
    platform.setWebhook("retail", bridge.url);
    platform.setWebhook("travel", bridge.url);
  }
  return {
    platform,
    traffic,
    events: () => bridge.bodies().flatMap(({ events }) => events),
    call: (path, body, brandKey = "retail", method = "POST") =>
      fetch(`${platform.origin}${path}`, {
        headers: {
          ...(brandKey && { authorization: `Bearer token-of-${brandKey}` }),
          ...(body && { "content-type": "application/json" }),
        },
        ...(body && { method, body: JSON.stringify(body) }),
      }),
    wait(milliseconds) {
      now += milliseconds;
    },
    async close() {
      await platform.close();
      await bridge.close();
    },
  };
}

function channel(brandKey: string): LineChannel {
  return {
    brandKey,
    channelId: brandKey,
    channelSecret: `secret-of-${brandKey}`,
    channelAccessToken: `token-of-${brandKey}`,
    botUserId: `U${"b".repeat(32)}`,
  };
}
