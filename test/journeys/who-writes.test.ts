import { fileURLToPath } from "node:url";
import { DynamoDBClient, ListTablesCommand, ScanCommand } from "@aws-sdk/client-dynamodb";
import { postGenesys } from "../lib/local/simulators/genesys/retail-integration.ts";
import { sampleMarkets } from "../sample-markets.ts";
import {
  type BridgeBetweenServers,
  NOTIFIER,
  newUser,
  startBetweenServers,
} from "./bridge-between-servers.ts";
import { eventually } from "./running-bridge.ts";

jest.setTimeout(120_000);

let between: BridgeBetweenServers;
let { bridge, line, genesys } = {} as BridgeBetweenServers;
beforeAll(async () => {
  const thailand = sampleMarkets().Thailand;
  between = await startBetweenServers({
    ...thailand,
    brands: {
      "retail-thai": {
        brand: "Retail_Thai",
        attributes: ["lineLanguage", "linePictureUrl", "lineGroupName"],
        groups: "bridge",
        quotes: "text",
        sender: { human: { name: "คุณอ้อย" }, bot: { name: "ผู้ช่วย" } },
        quietHours: { from: "22:00", to: "08:00" },
        templates: fileURLToPath(new URL("../../lib/templates/thailand", import.meta.url)),
      },
      "travel-thai": { brand: "Travel_Thai", groups: "bridge" },
    },
  });
  ({ bridge, line, genesys } = between);
});
afterAll(() => between?.stop());

const BRANDS = ["retail-thai", "travel-thai"];

const textsOf = (brand: string, userId: string) =>
  genesys.messages(brand, userId).map(({ text }) => text);

/** Everything in the table, as text. */
async function table(): Promise<string> {
  const client = new DynamoDBClient({
    endpoint: bridge.ready.aws.dynamodb,
    region: "ap-southeast-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  try {
    const { TableNames = [] } = await client.send(new ListTablesCommand({}));
    const { Items } = await client.send(new ScanCommand({ TableName: TableNames[0] }));
    return JSON.stringify(Items);
  } finally {
    client.destroy();
  }
}

describe("what LINE tells of a customer", () => {
  it("goes to Architect where the brand asks for it, beside market and brand, and nowhere else", async () => {
    const group = line.groups.named("ครอบครัว", ["สมหญิง"]).id;
    for (const brand of BRANDS) {
      await line.send(brand, "สมหญิง", { type: "text", text: "สวัสดีค่ะ" });
      await line.send(brand, "สมหญิง", { type: "text", text: "ทุกคน" }, { group });
    }
    const { userId } = line.customers.named("สมหญิง");
    const attributesOf = (brand: string, id: string) =>
      eventually(() => {
        const [first] = genesys.messages(brand, id);
        expect(first).toBeDefined();
        return first?.customAttributes;
      });
    const own = { market: "Thailand", brand: "Retail_Thai" };
    expect(await attributesOf("retail-thai", userId)).toEqual({
      ...own,
      lineLanguage: "th",
      linePictureUrl: `https://profile.line-scdn.net/${userId}`,
    });
    expect(await attributesOf("retail-thai", group)).toEqual({ ...own, lineGroupName: "ครอบครัว" });
    const other = { market: "Thailand", brand: "Travel_Thai" };
    expect(await attributesOf("travel-thai", userId)).toEqual(other);
    expect(await attributesOf("travel-thai", group)).toEqual(other);
  });
});

describe("what a customer quotes", () => {
  it.each([
    ["retail-thai", '"ราคาเท่าไหร่คะ"', '"590 บาทค่ะ"'],
    ["travel-thai", "an earlier message", "an earlier message"],
  ])("is read by the agents of %s: an own message and the agent's", async (brand, own, agents) => {
    const name = `ลูกค้า ${brand}`;
    const { userId } = line.customers.named(name);
    const write = (text: string, quotedMessageId?: string) =>
      line.send(brand, name, { type: "text", text, quotedMessageId });
    const { messageId } = await write("ราคาเท่าไหร่คะ");
    await genesys.reply(brand, userId, { type: "Text", text: "590 บาทค่ะ" });
    const answerId = await eventually(() => {
      const [answer] = line.inbox(brand, userId);
      if (answer === undefined) throw new Error("no answer yet");
      return answer.id;
    });
    await write("อันนี้", messageId);
    // LINE's answer tells the id of the agent's message a moment after the phone shows it.
    await eventually(async () => {
      await write("ตกลง", answerId);
      expect(textsOf(brand, userId)).toContain(`[LINE QUOTE: replies to ${agents}]\nตกลง`);
    });
    expect(textsOf(brand, userId)).toContain(`[LINE QUOTE: replies to ${own}]\nอันนี้`);
  });

  it("is gone when the customer unsends it", async () => {
    const { userId } = line.customers.named("มะลิ");
    const write = (text: string, quotedMessageId?: string) =>
      line.send("retail-thai", "มะลิ", { type: "text", text, quotedMessageId });
    const { messageId } = await write("รหัสของฉันคือ 4711");
    await write("อันนี้", messageId);
    await eventually(() =>
      expect(textsOf("retail-thai", userId)).toContain(
        '[LINE QUOTE: replies to "รหัสของฉันคือ 4711"]\nอันนี้',
      ),
    );
    // Its digits alone may also be part of an id or a time.
    const kept = "รหัสของฉันคือ";
    expect(await table()).toContain(kept);
    await line.unsend("retail-thai", "มะลิ", messageId);
    await write("อันนั้น", messageId);
    await eventually(() =>
      expect(textsOf("retail-thai", userId)).toContain(
        "[LINE QUOTE: replies to an earlier message]\nอันนั้น",
      ),
    );
    expect(await table()).not.toContain(kept);
  });

  it("is nothing that the bridge keeps of other brands, nor ever logs", async () => {
    await line.send("travel-thai", "นิรันดร์", { type: "text", text: "secret-of-travel" });
    await line.send("retail-thai", "นิรันดร์", { type: "text", text: "secret-of-retail" });
    const { userId } = line.customers.named("นิรันดร์");
    for (const brand of BRANDS) {
      await eventually(() => expect(textsOf(brand, userId)).toHaveLength(1));
    }
    const kept = await table();
    expect(kept).toContain("secret-of-retail");
    expect(kept).not.toContain("secret-of-travel");
    expect(bridge.log()).not.toMatch(/secret-of|บาท|รหัส/);
  });
});

describe("what an agent or bot sends", () => {
  it.each([
    ["Human", "2026-12-01T05:00:00.000Z", "คุณอ้อย", undefined],
    ["Bot", "2026-12-01T16:00:00.000Z", "ผู้ช่วย", true],
  ] as const)(
    "shows the name for %s, and makes no sound in quiet hours",
    async (from, time, sender, isSilent) => {
      const userId = newUser();
      const message = { type: "Text" as const, text: `จาก ${from}`, originatingEntity: from };
      await genesys.reply("retail-thai", userId, { ...message, time });
      await genesys.reply("travel-thai", userId, { ...message, time });
      const shown = (brand: string) =>
        eventually(() => {
          const [first] = line.inbox(brand, userId);
          if (first === undefined) throw new Error("nothing yet");
          return first;
        });
      const retail = await shown("retail-thai");
      expect(retail.message.sender).toEqual({ name: sender });
      expect(retail.isSilent).toBe(isSilent);
      const travel = await shown("travel-thai");
      expect(travel.message.sender).toBeUndefined();
      expect(travel.isSilent).toBeUndefined();
    },
  );

  it("may be a program, as an agentless message: a first one, and one in the open conversation", async () => {
    const toAddress = newUser();
    const send = (textBody: string, useExistingActiveConversation: boolean) =>
      postGenesys(
        genesys.origin,
        "/api/v2/conversations/messages/agentless",
        {
          fromAddress: bridge.ready.brands["retail-thai"]?.genesys.integrationId,
          toAddress,
          toAddressMessengerType: "open",
          textBody,
          useExistingActiveConversation,
        },
        NOTIFIER,
      );
    expect((await send("พัสดุถึงแล้วค่ะ [LINE ASK: location]", false)).status).toBe(200);
    expect((await send("[LINE STICKER: 11537/52002734]", false)).status).toBe(400);
    expect((await send("[LINE STICKER: 11537/52002734]", true)).status).toBe(200);
    await eventually(() =>
      expect(line.inbox("retail-thai", toAddress).map(({ message }) => message)).toMatchObject([
        {
          type: "text",
          text: "พัสดุถึงแล้วค่ะ",
          quickReply: { items: [{ action: { type: "location" } }] },
        },
        { type: "sticker", packageId: "11537" },
      ]),
    );
  });

  it("may send a template: an agent, a bot, and a program", async () => {
    const toAddress = newUser();
    const text = "[LINE TEMPLATE: order-shipped | name: มะลิ | order: TH 1/2]";
    await genesys.reply("retail-thai", toAddress, { type: "Text", text });
    await genesys.reply("retail-thai", toAddress, { type: "Structured", text });
    const body = {
      fromAddress: bridge.ready.brands["retail-thai"]?.genesys.integrationId,
      toAddress,
      toAddressMessengerType: "open",
      textBody: text,
      useExistingActiveConversation: true,
    };
    const path = "/api/v2/conversations/messages/agentless";
    expect((await postGenesys(genesys.origin, path, body, NOTIFIER)).status).toBe(200);
    await eventually(() =>
      expect(line.inbox("retail-thai", toAddress).map(({ message }) => message)).toEqual(
        [{ name: "คุณอ้อย" }, { name: "ผู้ช่วย" }, undefined].flatMap((sender) => [
          expect.objectContaining({
            type: "flex",
            altText: "คำสั่งซื้อ TH 1/2 จัดส่งแล้ว",
            ...(sender && { sender }),
          }),
          expect.objectContaining({
            type: "text",
            text: expect.stringContaining("คุณมะลิ"),
            quickReply: { items: [expect.anything(), expect.anything()] },
            ...(sender && { sender }),
          }),
        ]),
      ),
    );
    expect(JSON.stringify(line.inbox("retail-thai", toAddress))).toContain("order=TH%201%2F2");
  });

  it("asks for a location under the text before it", async () => {
    const userId = newUser();
    const text = "อยู่ที่ไหนคะ [LINE ASK: location]";
    await genesys.reply("retail-thai", userId, { type: "Text", text });
    await eventually(() =>
      expect(line.inbox("retail-thai", userId)[0]?.message).toMatchObject({
        type: "text",
        text: "อยู่ที่ไหนคะ",
        quickReply: { items: [{ action: { type: "location" } }] },
      }),
    );
  });
});
