import type { Ready } from "./ready.ts";

/** A shell command that signs a text message as LINE does and posts it to the first brand's webhook. */
export function firstMessageCommand({ brands }: Ready): string {
  const [first] = Object.values(brands);
  if (first === undefined) return "";
  const { webhook, channelSecret, botUserId } = first.line;
  const event = {
    type: "message",
    mode: "active",
    timestamp: "@NOW@000",
    webhookEventId: "first-@NOW@",
    deliveryContext: { isRedelivery: false },
    source: { type: "user", userId: `U${"0".repeat(31)}1` },
    message: { type: "text", id: "@NOW@", quoteToken: "q", text: "สวัสดีค่ะ" },
  };
  // The shell fills in the time, so that each use sends another event.
  const body = JSON.stringify({ destination: botUserId, events: [event] })
    .replace('"@NOW@000"', "@NOW@000")
    .replaceAll("@NOW@", `'$NOW'`);
  return [
    `NOW=$(date +%s); BODY='${body}'`,
    `curl -sw '\\n' ${webhook} -H 'content-type: application/json' \\`,
    `  -H "x-line-signature: $(printf %s "$BODY" | openssl dgst -sha256 -hmac ${channelSecret} -binary | base64)" \\`,
    '  --data-binary "$BODY"',
  ].join("\n");
}
