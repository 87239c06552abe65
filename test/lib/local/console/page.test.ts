import type { Browser, Page } from "playwright-core";
import { type ConsoleServer, startConsole } from "../../../../lib/local/console/console.ts";
import { bundlePage, type PageFiles } from "../../../../lib/local/console/page-files.ts";
import {
  type LinePlatform,
  startLinePlatform,
} from "../../../../lib/local/simulators/line/line-platform.ts";
import { describeInBrowser, startBrowser } from "../../../browser.ts";
import { startWebhookReceiver } from "../simulators/webhook-receiver.ts";
import { NO_QUEUES, noFaults, READY, RETAIL_CHANNEL } from "./sample-ready.ts";

jest.setTimeout(60_000);

describeInBrowser("the console's page in a browser", () => {
  let bridge: Awaited<ReturnType<typeof startWebhookReceiver>>;
  let line: LinePlatform;
  let server: ConsoleServer;
  let browser: Browser;
  let page: Page;
  let files: Promise<PageFiles>;

  beforeAll(() => {
    files = bundlePage();
  });
  beforeEach(async () => {
    bridge = await startWebhookReceiver();
    line = await startLinePlatform({ channels: [RETAIL_CHANNEL] });
    line.setWebhook("retail", bridge.url);
    server = await start(0);
    browser = await startBrowser();
    page = await browser.newPage();
    await page.goto(server.url);
  });
  afterEach(async () => {
    await browser.close();
    await server.close();
    await line.close();
    await bridge.close();
  });

  const faults = noFaults();
  const start = (port: number) =>
    startConsole({
      port,
      page: files,
      faults,
      ready: READY,
      language: "th",
      line,
      genesys: undefined,
      hasSecrets: () => true,
      readQueues: async () => NO_QUEUES,
      readDeadLetters: async () => [],
    });

  it("says that the bridge has stopped, keeps what is typed, and goes on by itself", async () => {
    const field = page.getByLabel("Message as the customer");
    await field.fill("ยังอยู่ไหม");
    await server.close();
    await page.getByText("The bridge has stopped.").waitFor();
    await page.keyboard.press("Alt+1");
    await page.keyboard.press("Enter");
    await page.getByText("The bridge does not answer. Nothing was sent.").waitFor();
    expect(await field.inputValue()).toBe("ยังอยู่ไหม");

    server = await start(Number(new URL(server.url).port));
    await page.getByText("The bridge has stopped.").waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    await page.locator("#phone li.own").getByText("ยังอยู่ไหม").waitFor();
    expect(await field.inputValue()).toBe("");
  });

  it("says which platform another server stands for", async () => {
    await page.getByText("Another server stands for Genesys Cloud").waitFor();
  });

  it("has room for a long name, and keeps its spaces", async () => {
    const customer = `Two  spaces ${"n".repeat(100)}`;
    await fetch(`${server.url}/api/line`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ brand: "retail", customer, content: { type: "text", text: "x" } }),
    });
    await page.setViewportSize({ width: 390, height: 844 });
    const choice = page.locator("header select").last();
    await choice.selectOption(customer);
    await page.locator("#phone li.own").getByText("x", { exact: true }).waitFor();
    expect(await choice.inputValue()).toBe(customer);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(390);
  });

  it.each([
    ["wide", { width: 1280, height: 720 }],
    ["narrow", { width: 390, height: 844 }],
  ])(
    "moves to a field at once, so that the next key is typed there: %s window",
    async (_, size) => {
      await page.setViewportSize(size);
      await page.getByLabel("Message as the customer").waitFor();
      const focused = (code: string) =>
        page.evaluate(
          `document.dispatchEvent(new KeyboardEvent("keydown", { altKey: true, code: "${code}" }));
        document.activeElement?.id`,
        );
      expect(await focused("Digit2")).toBe("agent-text");
      expect(await focused("Digit3")).toBe("ways-search");
      expect(await focused("Digit1")).toBe("customer-text");
    },
  );
});
