import * as z from "zod";
import { temporaryDirectory } from "../lib/local/temporary-directory.ts";
import { type RunningBridge, startBridge } from "./running-bridge.ts";

jest.setTimeout(120_000);

const CUSTOMER = "สมชาย";

const store = {
  type: "bubble",
  altText: "สาขา {{branch}}",
  body: {
    type: "box",
    layout: "vertical",
    contents: [{ type: "text", text: "{{branch}}", wrap: true }],
  },
  footer: {
    type: "box",
    layout: "vertical",
    contents: [
      {
        type: "button",
        action: { type: "uri", label: "แผนที่", uri: "https://shop.example/map?branch={{branch}}" },
      },
    ],
  },
  quickReply: { items: [{ type: "action", action: { type: "location", label: "ใกล้ฉัน" } }] },
};

const state = z.object({
  phones: z.array(
    z.object({
      userId: z.string(),
      lines: z.array(z.object({ from: z.string().optional(), message: z.unknown().optional() })),
    }),
  ),
  receipts: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      reasons: z.array(z.object({ message: z.string() })),
    }),
  ),
  conversations: z.array(
    z.object({ messages: z.array(z.object({ text: z.string().optional() })) }),
  ),
});

const files = temporaryDirectory({
  "markets.json": JSON.stringify({
    Testland: {
      awsRegion: "ap-southeast-1",
      genesysRegion: "ap-southeast-1",
      language: "th",
      brands: { shop: { brand: "Shop", templates: "ours" } },
    },
  }),
  "ours/Store-Finder.json": JSON.stringify(store),
});

describe("a brand's template, through the bridge", () => {
  let bridge: RunningBridge;
  let to: string;
  beforeAll(async () => {
    bridge = await startBridge("--markets", `${files.path}/markets.json`);
    const hello = { brand: "shop", customer: CUSTOMER, content: { type: "text", text: "สวัสดี" } };
    const sent = await post("line", hello);
    to = z.object({ userId: z.string() }).parse(sent).userId;
  });
  afterAll(async () => {
    await bridge?.stop();
    files.remove();
  });

  async function post(path: string, body: object): Promise<unknown> {
    const response = await fetch(`${bridge.ready.console}/api/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    return response.json();
  }

  async function until<Found>(
    find: (now: z.infer<typeof state>) => Found | undefined,
  ): Promise<Found> {
    for (const end = Date.now() + 30_000; Date.now() < end; ) {
      const response = await fetch(`${bridge.ready.console}/api/state?brand=shop`);
      const found = find(state.parse(await response.json()));
      if (found !== undefined) return found;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`It has not come. The log: ${bridge.log()}`);
  }

  /** What the account's messages on the phone are, as soon as there are so many. */
  const onPhone = (count: number) =>
    until(({ phones: [phone] }) => {
      const own = phone?.lines.filter(({ from }) => from === "account") ?? [];
      return own.length >= count ? own.map(({ message }) => message) : undefined;
    });

  it("reaches the phone between the words, with its value in each place, and the desktop shows the marker", async () => {
    const text = 'ยินดีค่ะ [LINE TEMPLATE: store-finder | branch: สยาม "2F" {1}/A] ค่ะ';
    await post("genesys", { brand: "shop", to, text });
    const { altText: _, quickReply, ...contents } = store;
    const branch = 'สยาม "2F" {1}/A';
    expect(await onPhone(3)).toEqual([
      { type: "text", text: "ยินดีค่ะ" },
      {
        type: "flex",
        altText: `สาขา ${branch}`,
        contents: {
          ...contents,
          body: { ...contents.body, contents: [{ type: "text", text: branch, wrap: true }] },
          footer: {
            ...contents.footer,
            contents: [
              {
                type: "button",
                action: {
                  type: "uri",
                  label: "แผนที่",
                  uri: `https://shop.example/map?branch=${encodeURIComponent(branch)}`,
                },
              },
            ],
          },
        },
      },
      { type: "text", text: "ค่ะ", quickReply },
    ]);
    const shown = await until(({ conversations: [conversation] }) =>
      conversation?.messages.find((message) => message.text?.includes("[LINE TEMPLATE:")),
    );
    expect(shown.text).toBe(text);
  });

  it("fails for the agent where the brand has none of that name, and nothing goes out", async () => {
    const before = (await onPhone(0)).length;
    const sent = await post("genesys", { brand: "shop", to, text: "A [LINE TEMPLATE: stor] B" });
    const { id } = z.object({ id: z.string() }).parse(sent);
    const receipt = await until(({ receipts }) => receipts.find((each) => each.id === id));
    expect(receipt).toMatchObject({
      status: "Failed",
      reasons: [{ message: "The brand has no LINE template of this name. It has: store-finder." }],
    });
    expect(await onPhone(0)).toHaveLength(before);
  });
});
