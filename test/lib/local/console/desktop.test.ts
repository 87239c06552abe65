import type { Browser, Page } from "playwright-core";
import { type ConsoleServer, startConsole } from "../../../../lib/local/console/console.ts";
import { bundlePage } from "../../../../lib/local/console/page-files.ts";
import { THAI } from "../../../../lib/local/console/samples/thai.ts";
import { SAMPLES } from "../../../../lib/local/demo/samples.ts";
import { INBOUND_FLOW } from "../../../../lib/local/inbound-flow.ts";
import type { Ready } from "../../../../lib/local/ready.ts";
import {
  type GenesysCloud,
  startGenesysCloud,
} from "../../../../lib/local/simulators/genesys/genesys-cloud.ts";
import type { OpenIntegration } from "../../../../lib/local/simulators/genesys/integration.ts";
import {
  type LinePlatform,
  startLinePlatform,
} from "../../../../lib/local/simulators/line/line-platform.ts";
import type { Traffic } from "../../../../lib/local/simulators/traffic.ts";
import { describeInBrowser, startBrowser } from "../../../browser.ts";
import { channelOf, postInbound, RETAIL } from "../simulators/genesys/retail-integration.ts";
import { startWebhookReceiver } from "../simulators/webhook-receiver.ts";
import { NO_QUEUES, noFaults, READY, RETAIL_CHANNEL } from "./sample-ready.ts";

jest.setTimeout(60_000);

const TRAVEL: OpenIntegration = {
  ...RETAIL,
  brandKey: "travel",
  integrationId: "99999999-2222-4333-8444-555555555555",
  clientId: "client-of-travel",
};
const TRAVEL_CHANNEL = { ...RETAIL_CHANNEL, brandKey: "travel", channelId: "2" };
const { retail } = READY.brands;
const TWO_BRANDS: Ready = {
  ...READY,
  brands: retail ? { retail, travel: { ...retail, brand: "Travel_Thai" } } : {},
};

describeInBrowser("the agent's desktop in a browser", () => {
  const answers: (number | "silence")[] = [];
  const faults: string[] = [];
  const traffic: Traffic[] = [];
  let bridge: Awaited<ReturnType<typeof startWebhookReceiver>>;
  let line: LinePlatform;
  let genesys: GenesysCloud;
  let server: ConsoleServer | undefined;
  let url: string;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const files = bundlePage();
    browser = await startBrowser();
    bridge = await startWebhookReceiver(answers);
    line = await startLinePlatform({ channels: [RETAIL_CHANNEL, TRAVEL_CHANNEL] });
    genesys = await startGenesysCloud({
      flows: [INBOUND_FLOW],
      integrations: [RETAIL, TRAVEL],
      webhookRetries: 0,
      onTraffic(one) {
        traffic.push(one);
        server?.show(one);
      },
    });
    for (const brand of ["retail", "travel"]) {
      line.setWebhook(brand, bridge.url);
      genesys.setWebhook(brand, bridge.url);
    }
    const started = await startConsole({
      port: 0,
      page: files,
      faults: noFaults(),
      ready: TWO_BRANDS,
      language: "th",
      templates: new Set(["store-finder", "order-shipped"]),
      line,
      genesys,
      hasSecrets: () => true,
      readQueues: async () => NO_QUEUES,
      readDeadLetters: async () => [],
    });
    server = started;
    url = started.url;
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await genesys?.close();
    await line?.close();
    await bridge?.close();
  });

  beforeEach(async () => {
    answers.length = 0;
    bridge.received.length = 0;
    traffic.length = 0;
    page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    page.on("pageerror", ({ message }) => faults.push(message));
    await page.goto(url);
    await field().waitFor();
  });
  afterEach(async () => {
    await page.close();
    expect(faults.splice(0)).toEqual([]);
  });

  /** Stands in for the bridge: what a customer has written arrives in Genesys Cloud. */
  async function arrives(customer: string, what: object, integration = RETAIL, data = {}) {
    const { userId } = line.customers.named(customer);
    const channel = channelOf(userId);
    const from = { ...channel.from, nickname: customer };
    const brand = integration === RETAIL ? "Retail_Thai" : "Travel_Thai";
    const customAttributes = { market: "Thailand", brand, ...data };
    const body = { channel: { ...channel, from, metadata: { customAttributes } }, ...what };
    const answer = await postInbound(genesys.origin, "message", body, integration);
    expect(answer.status).toBe(200);
    return userId;
  }

  const field = () => page.getByLabel("Message as the agent");
  const row = (name: string) => page.locator(".inbox-row").filter({ hasText: name });
  const transcript = (text: string) => page.locator("#desktop li").filter({ hasText: text });
  const sent = () => bridge.bodies().filter(({ type }) => type !== "Event");

  it("marks what is unread, counts it, and keeps that over a reload", async () => {
    await arrives("ก้อง", { text: "หนึ่ง" });
    await arrives("แก้ว", { text: "สอง" });
    await arrives("แก้ว", { text: "สาม" });
    await row("แก้ว").getByLabel("2 unread").waitFor();
    await row("ก้อง").getByLabel("1 unread").waitFor();
    const names = await page.locator(".inbox-name").allTextContents();
    expect(names.slice(0, 2)).toEqual(["แก้ว", "ก้อง"]);
    await row("แก้ว").click();
    await transcript("สาม").waitFor();
    await row("แก้ว").getByLabel("unread").waitFor({ state: "detached" });
    await page.reload();
    await row("ก้อง").getByLabel("1 unread").waitFor();
    await transcript("สาม").waitFor();
    expect(await row("แก้ว").getByLabel("unread").count()).toBe(0);
    await arrives("แก้ว", { text: "สี่" });
    await transcript("สี่").waitFor();
    await row("ก้อง").click();
    await arrives("แก้ว", { text: "ห้า" });
    await row("แก้ว").getByLabel("1 unread").waitFor();
  });

  it("says to which queue each brand's customers go, and why", async () => {
    await arrives("นิด", { text: "ซื้อ" }, RETAIL, { tier: "gold" });
    await arrives("หน่อย", { text: "เที่ยว" }, TRAVEL);
    await row("นิด").click();
    await page.getByText("Queue Retail_Thai, by market = Thailand, brand = Retail_Thai").waitFor();
    await page.getByText("Participant data").click();
    const details = page.locator(".details");
    expect(await details.locator("dd").first().textContent()).toBe("Thailand");
    await details.getByText("gold").waitFor();
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await details.getByRole("button", { name: "Copy the user id" }).click();
    await details.getByText("copied").waitFor();
    const { userId } = line.customers.named("นิด");
    expect(await page.evaluate("navigator.clipboard.readText()")).toBe(userId);
    await row("หน่อย").click();
    await page.getByText("Queue Travel_Thai, by market = Thailand, brand = Travel_Thai").waitFor();
    expect(await page.locator("header").getByLabel("Brand").inputValue()).toBe("travel");
    expect(await page.locator("header").getByLabel("Customer").inputValue()).toBe("หน่อย");
    await page.getByLabel("Queue").selectOption("Travel_Thai");
    await row("นิด").waitFor({ state: "detached" });
    await page.getByLabel("Queue").selectOption("");
    await page.getByLabel("Search customers").fill("นิด");
    await row("หน่อย").waitFor({ state: "detached" });
    expect(await row("นิด").count()).toBe(1);
  });

  it("keeps a draft for each conversation, also over a reload", async () => {
    await arrives("อรุณ", { text: "1" });
    await arrives("บุญมี", { text: "2" });
    await row("อรุณ").click();
    await field().fill("ถึงอรุณ\nบรรทัดสอง");
    await row("บุญมี").click();
    await page.getByRole("heading", { name: "บุญมี" }).waitFor();
    expect(await field().inputValue()).toBe("");
    await field().fill("ถึงบุญมี");
    await page.reload();
    await page.getByRole("heading", { name: "บุญมี" }).waitFor();
    expect(await field().inputValue()).toBe("ถึงบุญมี");
    await row("อรุณ").click();
    await page.getByRole("heading", { name: "อรุณ" }).waitFor();
    expect(await field().inputValue()).toBe("ถึงอรุณ\nบรรทัดสอง");
    await field().press("Enter");
    await transcript("บรรทัดสอง").waitFor();
    await page.reload();
    await page.getByRole("heading", { name: "อรุณ" }).waitFor();
    expect(await field().inputValue()).toBe("");
  });

  it("sends several lines, by keyboard alone, and tells that the agent types", async () => {
    await arrives("ซี", { text: "1" });
    await row("ซี").waitFor();
    // The list is reached by Tab from the search, and the field by its shortcut.
    await page.getByLabel("Search customers").focus();
    await page.keyboard.type("ซี");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "ซี" }).waitFor();
    await page.keyboard.press("Alt+2");
    await page.keyboard.type("หนึ่ง");
    const oneRow = (await field().boundingBox())?.height ?? 0;
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("สอง");
    expect((await field().boundingBox())?.height).toBeGreaterThan(oneRow * 1.4);
    await page.getByText("typing indicator sent").waitFor();
    await page.keyboard.press("Enter");
    await transcript("สอง").getByText("sent").waitFor();
    expect(sent()).toMatchObject([{ type: "Text", text: "หนึ่ง\nสอง", originatingEntity: "Human" }]);
    const typing = bridge.bodies().filter(({ type }) => type === "Event");
    expect(typing).toMatchObject([{ events: [{ eventType: "Typing" }] }]);
    expect(await field().inputValue()).toBe("");
  });

  it("does not send while an input method composes a word", async () => {
    await arrives("ดี", { text: "1" });
    await row("ดี").click();
    await field().fill("にほん");
    await field().dispatchEvent("keydown", { key: "Enter", isComposing: true });
    await field().press("Enter");
    await transcript("にほん").getByText("sent").waitFor();
    expect(sent()).toHaveLength(1);
  });

  it("inserts a canned response, which is found by typing, and sends nothing by that", async () => {
    await arrives("อี", { text: "1" });
    await row("อี").click();
    await field().fill("คุณอี ");
    await page.getByRole("button", { name: "Canned responses" }).press("Enter");
    const [first, second] = THAI.cannedResponses;
    const options = page.locator(".choice-list [role=option]");
    expect(await options.count()).toBe(THAI.cannedResponses.length);
    await page.keyboard.press("ArrowDown");
    expect(await page.locator("[role=option][aria-selected=true]").textContent()).toContain(
      second.text,
    );
    await page.keyboard.type(first.title);
    expect(await options.count()).toBe(1);
    await page.keyboard.press("Enter");
    expect(await field().inputValue()).toBe(`คุณอี ${first.text}`);
    expect(await page.evaluate("document.activeElement?.id")).toBe("agent-text");
    await page.getByRole("button", { name: "Canned responses" }).press("Enter");
    await page.keyboard.press("Escape");
    expect(await options.count()).toBe(0);
    expect(sent()).toEqual([]);
  });

  it("sends as the bot, and shows cards apart from what the agent sends", async () => {
    await arrives("เอฟ", { text: "1" });
    await row("เอฟ").click();
    await page.getByRole("button", { name: "Send as the bot" }).click();
    await page.getByRole("option", { name: /^Card / }).click();
    const card = page.locator("#desktop li.bot");
    await card.getByText("เสื้อโค้ทขนสัตว์").waitFor();
    expect(await card.getByRole("list", { name: "Buttons" }).locator("li").count()).toBe(2);
    await card.getByText("Bot").waitFor();
    const [{ id }] = sent();
    const buttonResponse = { type: "Button", text: "จองไว้", payload: "reserve:coat:m" };
    const channel = channelOf(line.customers.named("เอฟ").userId);
    const response = { channel, buttonResponse, originatingMessageId: id };
    await postInbound(genesys.origin, "structured/response", response);
    await page.reload();
    await transcript("chose a button · reserve:coat:m").getByText("จองไว้").waitFor();
  });

  it("says why a message failed, by its receipt and by its webhook", async () => {
    const userId = await arrives("จี", { text: "1" });
    await row("จี").click();
    await field().fill("ถูกบล็อก");
    await field().press("Enter");
    await transcript("ถูกบล็อก").getByText("sent").waitFor();
    const [{ id }] = sent();
    const reasons = [
      { code: "RecipientOptedOut", message: "The customer has blocked the account." },
    ];
    const channel = { to: { id: userId }, time: "2026-11-30T00:00:00Z" };
    await postInbound(genesys.origin, "receipt", { id, channel, status: "Failed", reasons });
    await transcript("ถูกบล็อก").getByText("The customer has blocked the account.").waitFor();
    await transcript("ถูกบล็อก").getByText("⚠").waitFor();

    await page.reload();
    await field().fill("ไม่ถึง");
    await page.getByText("typing indicator sent").waitFor();
    answers.push(401);
    await field().press("Enter");
    await transcript("ไม่ถึง").getByText("The bridge answered 401 (1 try).").waitFor();
  });

  it("keeps what the bridge has refused", async () => {
    await field().fill("ยังไม่มีใครเขียน");
    await field().press("Enter");
    await page.locator("#traffic").getByText("The customer writes first.").waitFor();
    expect(await field().inputValue()).toBe("ยังไม่มีใครเขียน");
  });

  it("previews attachments of both sides, without a download", async () => {
    const attachment = { mediaType: "Audio", url: `${url}/page.css`, mime: "audio/mp4" };
    await arrives("เอช", { content: [{ attachment: { ...attachment, filename: "voice.m4a" } }] });
    await row("เอช").click();
    await transcript("voice.m4a").locator("audio").waitFor();
    await page.getByLabel("Files of the agent").setInputFiles([
      { name: "ชั้นวาง.png", mimeType: "image/png", buffer: SAMPLES.shelf.bytes },
      { name: "video.mp4", mimeType: "video/mp4", buffer: SAMPLES.video.bytes },
      { name: "order.pdf", mimeType: "application/pdf", buffer: SAMPLES.order.bytes },
    ]);
    await page.getByRole("button", { name: "Remove order.pdf" }).click();
    await drop("order-2.pdf");
    await paste("pasted.png");
    expect(await page.getByRole("list", { name: "Files to send" }).locator("li").count()).toBe(4);
    await field().press("Enter");
    await transcript("order-2.pdf").getByRole("link", { name: "order-2.pdf" }).waitFor();
    await page.waitForFunction(`document.querySelector("#desktop img")?.naturalWidth === 240`);
    await page.evaluate(`document.querySelector("#desktop video").play()`);
    await page.waitForFunction(`document.querySelector("#desktop video").currentTime > 0`);
    expect(sent()).toHaveLength(1);
    const names = sent()[0].content.map((one: { attachment: object }) => one.attachment);
    expect(names).toMatchObject(
      ["ชั้นวาง.png", "video.mp4", "order-2.pdf", "pasted.png"].map((filename) => ({ filename })),
    );
    expect(traffic.filter(({ what }) => what === "download")).toEqual([]);
  });

  it("shows the inbox or a conversation in a narrow window", async () => {
    await arrives("ไอ", { text: "1" });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole("button", { name: "Desktop" }).click();
    expect(await field().isVisible()).toBe(false);
    await row("ไอ").getByLabel("1 unread").waitFor();
    await row("ไอ").click();
    await page.getByRole("heading", { name: "ไอ" }).waitFor();
    expect(await field().isVisible()).toBe(true);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
    expect(await page.evaluate("document.activeElement.className")).toBe("back");
    await page.keyboard.press("Enter");
    expect(await field().isVisible()).toBe(false);
    expect(await row("ไอ").getByLabel("unread").count()).toBe(0);
    await page.keyboard.press("Alt+2");
    await page.keyboard.type("x");
    expect(await field().inputValue()).toBe("x");
  });

  const WITH_FILE = "const data = new DataTransfer(); data.items.add(new File(['x'], name));";
  const drop = (name: string) =>
    page.evaluate(`{ const name = ${JSON.stringify(name)}; ${WITH_FILE}
      document.querySelector(".conversation").dispatchEvent(
        new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true })); }`);
  const paste = (name: string) =>
    page.evaluate(`{ const name = ${JSON.stringify(name)}; ${WITH_FILE}
      document.getElementById("agent-text").dispatchEvent(
        new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }`);
});
