import type { Server } from "node:http";
import type { Browser, Locator, Page } from "playwright-core";
import { bundlePage } from "../../../../lib/local/console/page-files.ts";
import { SAMPLES } from "../../../../lib/local/demo/samples.ts";
import { describeInBrowser, startBrowser } from "../../../browser.ts";
import { eventually } from "../eventually.ts";
import { ACCOUNT_MESSAGES, isLoaded, plays } from "./account-messages.ts";
import { startRetailConsole } from "./retail-console.ts";
import { startSampleServer } from "./sample-server.ts";

jest.setTimeout(60_000);

/** The first one of the page. */
const CUSTOMER = "สมชาย";

describeInBrowser("the customer's phone in a browser", () => {
  let retail: Awaited<ReturnType<typeof startRetailConsole>>;
  let samples: Server & { origin: string };
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    samples = await startSampleServer();
    retail = await startRetailConsole(bundlePage());
    retail.line.exemptOrigin(samples.origin);
    browser = await startBrowser();
    page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    page.on("pageerror", ({ message }) => faults.push(message));
    await page.goto(retail.url);
    await page.getByLabel("Message as the customer").waitFor();
  });
  // Wherever another test has gone.
  beforeEach(async () => {
    await page.setViewportSize({ width: 1280, height: 720 });
    await page.goto(`${retail.url}/#retail/${encodeURIComponent(CUSTOMER)}`);
  });
  afterAll(async () => {
    await browser?.close();
    await retail?.close();
    samples?.close();
    samples?.closeAllConnections();
  });
  afterEach(() => expect(faults).toEqual([]));

  const phone = () => page.locator(".phone");
  const newest = () => page.locator("#phone > li").last();
  const userId = () => retail.line.customers.named(CUSTOMER).userId;

  describe("shows what the account sends:", () => {
    it.each(ACCOUNT_MESSAGES)("%s", async (_, message, check) => {
      const before = await page.locator("#phone > li.theirs").count();
      await retail.push(userId(), message(samples.origin));
      await page.locator("#phone > li.theirs").nth(before).waitFor();
      await check(newest());
    });

    it("a sticker, by its picture where LINE's shop can be reached", async () => {
      const shop = "https://stickershop.line-scdn.net/**";
      await page.route(shop, (route) =>
        route.fulfill({ contentType: SAMPLES.shelf.contentType, body: SAMPLES.shelf.bytes }),
      );
      const sticker = { type: "sticker", packageId: "11539", stickerId: "52114110" };
      await retail.push(userId(), sticker);
      await isLoaded(newest().getByRole("img", { name: "UNIVERSTAR BT21 1" }));
      await page.unroute(shop);
    });

    it("quick replies, until the next message", async () => {
      const action = { type: "message", label: "รับที่สาขา", text: "รับที่สาขา" };
      const quickReply = { items: [{ type: "action", action }] };
      await retail.push(userId(), { type: "text", text: "?", quickReply });
      const reply = page.locator(".quick-replies").getByRole("button", { name: "รับที่สาขา" });
      await reply.click();
      await page.locator("#phone > li.own").filter({ hasText: "รับที่สาขา" }).waitFor();
      await reply.waitFor({ state: "detached" });
    });
  });

  it.each([
    ["image", SAMPLES.photo, (line: Locator) => isLoaded(line.getByRole("img"))],
    ["video", SAMPLES.video, (line: Locator) => plays(line.locator("video"))],
    ["audio", SAMPLES.greeting, (line: Locator) => plays(line.locator("audio"))],
    ["file", SAMPLES.order, (line: Locator) => isOffered(line, "order.pdf")],
  ])("keeps what the customer has sent, over a reload: %s", async (kind, sample, check) => {
    const { name, contentType: mimeType, bytes: buffer } = sample;
    const input = phone().locator("input[type=file]");
    const events = await causes(() => input.setInputFiles({ name, mimeType, buffer }));
    expect(events).toMatchObject([{ message: { type: kind } }]);
    await check(newest());
    await page.reload();
    await page.locator("#phone > li").first().waitFor();
    await check(newest());
  });

  it.each(["drop", "paste"])("takes several files by %s, in order", async (type) => {
    const zone = phone().locator(".drop-zone");
    const act = () =>
      zone.evaluate((zone, kind) => {
        // What a browser makes of a drop or paste; the tests' own types have no browser.
        const { DataTransfer, DragEvent, ClipboardEvent, File } = zone.ownerDocument.defaultView;
        const data = new DataTransfer();
        for (const name of ["a.txt", "b.txt", "c.txt"]) data.items.add(new File([name], name));
        const about = { bubbles: true, cancelable: true };
        zone.dispatchEvent(
          kind === "drop"
            ? new DragEvent(kind, { ...about, dataTransfer: data })
            : new ClipboardEvent(kind, { ...about, clipboardData: data }),
        );
      }, type);
    const events = await causes(act, 3);
    expect(events.map(({ message }) => message.fileName)).toEqual(["a.txt", "b.txt", "c.txt"]);
  });

  it("sends a sticker that is chosen by keyboard, and Escape sends none", async () => {
    const button = phone().getByRole("button", { name: "Sticker", exact: true });
    await button.focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await phone().getByRole("group", { name: "Stickers" }).waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    expect(await causes(() => page.keyboard.press("Enter"))).toMatchObject([
      { message: { type: "sticker", packageId: "11537", stickerId: "52002735" } },
    ]);
  });

  it("sends a place of the list, and any other", async () => {
    const open = phone().getByRole("button", { name: "Location" });
    const send = phone().getByRole("button", { name: "Send the location" });
    await open.click();
    await phone().getByLabel("Place").selectOption("Tokyo Station");
    expect(await causes(() => send.click())).toMatchObject([
      { message: { type: "location", title: "Tokyo Station", latitude: 35.6812 } },
    ]);
    await open.click();
    await phone().getByLabel("Place").selectOption("Another place");
    await phone().getByLabel("Latitude").fill("-33.9");
    await phone().getByLabel("Longitude").fill("151.2");
    const [event] = await causes(() => page.keyboard.press("Enter"));
    expect(event).toMatchObject({ message: { latitude: -33.9, longitude: 151.2 } });
    expect(event.message).not.toHaveProperty("title");
  });

  it("asks for the date of a datetime picker, and Cancel sends none", async () => {
    const action = { type: "datetimepicker", label: "日時", data: "when", mode: "date" };
    const template = { type: "buttons", text: "ご希望日", actions: [action] };
    await retail.push(userId(), { type: "template", altText: "ご希望日", template });
    const open = newest().getByRole("button", { name: "日時" });
    await open.click();
    await phone().getByRole("button", { name: "Cancel" }).click();
    await open.click();
    await phone().getByLabel("日時").locator("input").fill("2026-12-24");
    expect(await causes(() => page.keyboard.press("Enter"))).toMatchObject([
      { type: "postback", postback: { data: "when", params: { date: "2026-12-24" } } },
    ]);
  });

  it("quotes a message, and shows what is quoted", async () => {
    await retail.push(userId(), { type: "text", text: "ราคา 390 บาทค่ะ" });
    await menuOf(newest().filter({ hasText: "ราคา 390 บาทค่ะ" }), "Reply");
    await page.keyboard.type("ตกลงค่ะ");
    await page.keyboard.press("Enter");
    const own = page.locator("#phone > li.own").filter({ hasText: "ตกลงค่ะ" });
    await own.locator("blockquote").getByText("ราคา 390 บาทค่ะ").waitFor();
    const quotedMessageId = retail.line.inbox("retail", userId()).at(-1)?.id;
    expect(retail.events().at(-1)).toMatchObject({ message: { text: "ตกลงค่ะ", quotedMessageId } });
    expect(await phone().locator(".quoting").count()).toBe(0);
  });

  it("unsends a message", async () => {
    await page.getByLabel("Message as the customer").fill("ส่งผิด");
    await page.keyboard.press("Enter");
    const own = page.locator("#phone > li.own").filter({ hasText: "ส่งผิด" });
    await menuOf(own, "Unsend");
    await own.waitFor({ state: "detached" });
    await newest().getByText("You unsent a message.").waitFor();
    expect(retail.events().at(-1)).toMatchObject({ type: "unsend" });
  });

  it("blocks the account and comes back", async () => {
    const field = page.getByLabel("Message as the customer");
    await menuOf(phone().locator(".chat-header"), "Block the account");
    await phone().getByText("You have blocked this account").waitFor();
    expect(await field.isDisabled()).toBe(true);
    await phone().locator(".blocked").getByRole("button").click();
    await phone().getByText("You have blocked this account").waitFor({ state: "detached" });
    expect(await field.isDisabled()).toBe(false);
    const add = () => menuOf(phone().locator(".chat-header"), "Add as a friend");
    expect(await causes(add)).toMatchObject([{ type: "follow", follow: { isUnblocked: false } }]);
  });

  it("says that the account is about to answer, until it does", async () => {
    await retail.startLoading(userId());
    await phone().getByTitle("typing").waitFor();
    await retail.push(userId(), { type: "text", text: "สักครู่ค่ะ" });
    await phone().getByTitle("typing").waitFor({ state: "detached" });
  });

  it("lists the customer's chats, with the last message of each", async () => {
    await retail.push(userId(), { type: "text", text: "ยินดีค่ะ" });
    await newest().filter({ hasText: "ยินดีค่ะ" }).waitFor();
    await phone().getByRole("button", { name: "Back to the chats" }).click();
    await phone().getByRole("button", { name: "Travel_Thai No messages yet" }).waitFor();
    await phone().getByRole("button", { name: "Retail_Thai ยินดีค่ะ" }).click();
    await newest().filter({ hasText: "ยินดีค่ะ" }).waitFor();
  });

  it("is not wider than a narrow window, whatever is in the chat", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
    expect(await page.evaluate("document.getElementById('phone').scrollWidth")).toBe(
      await page.evaluate("document.getElementById('phone').clientWidth"),
    );
  });

  it("is the phone of a new customer, who need not have written", async () => {
    const add = phone().getByRole("button", { name: "New customer" });
    await add.click();
    await page.keyboard.type("nobody");
    await page.keyboard.press("Escape");
    await add.click();
    await page.keyboard.type("李小龍");
    await page.keyboard.press("Enter");
    await page.locator("#phone > li.empty").waitFor();
    await page.getByLabel("Message as the customer").fill("你好");
    await page.keyboard.press("Enter");
    await page.locator("#phone > li.own").filter({ hasText: "你好" }).waitFor();
    const { userId: id } = retail.line.customers.named("李小龍");
    expect(retail.events().at(-1)).toMatchObject({ source: { userId: id } });
    const names = retail.line.customers.list().map(({ displayName }) => displayName);
    expect(names).toEqual(expect.arrayContaining([CUSTOMER, "李小龍"]));
    expect(names).not.toContain("nobody");
  });

  it("is the phone of a customer whom only a webhook has made known", async () => {
    const id = `U${"a".repeat(32)}`;
    retail.line.customers.adopt(id);
    await page.goto(`${retail.url}/#retail/${id}`);
    await page.getByLabel("Message as the customer").fill("こんにちは");
    await page.keyboard.press("Enter");
    await page.locator("#phone > li.own").filter({ hasText: "こんにちは" }).waitFor();
    expect(retail.events().at(-1)).toMatchObject({ source: { userId: id } });
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  });

  /** What the bridge gets because of it: so many events. */
  async function causes(act: () => Promise<unknown>, count = 1) {
    const before = retail.events().length;
    await act();
    return eventually(() => {
      const events = retail.events().slice(before);
      return events.length >= count ? events : undefined;
    });
  }

  async function menuOf(of: Locator, item: string): Promise<void> {
    await of.getByRole("button", { name: /^Actions for/ }).click();
    await of.getByRole("button", { name: item }).click();
  }
});

async function isOffered(line: Locator, name: string): Promise<void> {
  const link = line.getByRole("link", { name });
  expect(await link.getAttribute("download")).toBe(name);
}
