import { type RunningLine, startLine } from "./running-line.ts";

const RETRY_KEY = "123e4567-e89b-12d3-a456-426614174000";

let line: RunningLine;

beforeEach(async () => {
  line = await startLine();
});
afterEach(() => line.close());

const call = (path: string, body?: object) =>
  fetch(`${line.platform.origin}${path}`, {
    headers: {
      authorization: "Bearer token-of-retail",
      "content-type": "application/json",
      "x-line-retry-key": RETRY_KEY,
    },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });

describe("a retry key", () => {
  const messages = [{ type: "text", text: "Hello" }];

  it("is refused for a reply, which uses up no token", async () => {
    await line.platform.send("retail", "Mali", { type: "text", text: "Hi" });
    const body = { replyToken: line.events()[0]?.replyToken, messages };
    const refused = await call("/v2/bot/message/reply", body);
    expect(refused.status).toBe(400);
    expect(await refused.json()).toEqual({ message: "The retry key is not supported" });
    const { userId } = line.platform.customers.named("Mali");
    expect(line.platform.inbox("retail", userId)).toEqual([]);
    expect((await line.call("/v2/bot/message/reply", body)).status).toBe(200);
  });

  it("is refused for every call but a push", async () => {
    expect((await call("/v2/bot/info")).status).toBe(400);
    expect((await call("/v2/bot/message/validate/push", { messages })).status).toBe(400);
    const to = `U${"a".repeat(32)}`;
    expect((await call("/v2/bot/message/push", { to, messages })).status).toBe(200);
  });
});
