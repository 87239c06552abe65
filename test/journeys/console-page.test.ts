import type { Browser, Page } from "playwright-core";
import { describeInBrowser, startBrowser } from "../browser.ts";
import { type RunningBridge, startBridge } from "./running-bridge.ts";

jest.setTimeout(120_000);

describeInBrowser("the console's page", () => {
  let bridge: RunningBridge;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    [bridge, browser] = await Promise.all([startBridge(), startBrowser()]);
    page = await browser.newPage();
    page.on("pageerror", ({ message }) => faults.push(message));
    await page.goto(bridge.ready.console ?? "");
  });
  afterAll(async () => {
    await browser?.close();
    await bridge?.stop();
  });
  afterEach(() => expect(faults).toEqual([]));

  it("shows a conversation both ways, by keyboard alone", async () => {
    await page.getByLabel("Message as the customer").waitFor();
    await page.keyboard.press("Alt+1");
    await page.keyboard.type("สวัสดีค่ะ");
    await page.keyboard.press("Enter");
    await onDesktop("สวัสดีค่ะ").waitFor();
    await page.keyboard.press("Alt+2");
    await page.keyboard.type("มีไซซ์ไหนคะ");
    await page.keyboard.press("Enter");
    await onPhone("มีไซซ์ไหนคะ").waitFor();
  });

  it("lets the customer tap what a bot sends", async () => {
    await page.getByRole("button", { name: "Send as the bot" }).click();
    await page.getByRole("option", { name: /^Card / }).click();
    await onPhone("เสื้อโค้ทขนสัตว์").getByRole("button", { name: "จองไว้" }).click();
    await onDesktop("chose a button · reserve:coat:m").waitFor();
  });

  it("shows the way of a message, from its bubble and after a reload", async () => {
    await onPhone("สวัสดีค่ะ").getByText("delivered").click();
    const steps = page.locator(".way-step");
    await steps.filter({ hasText: "worker: Delivered to Genesys" }).waitFor();
    expect(await steps.first().textContent()).toContain("inbound: Stored in the queue");
    await page.reload();
    await steps.filter({ hasText: "worker: Delivered to Genesys" }).waitFor();
    await page.getByRole("button", { name: "All messages" }).click();
    await page.locator(".way-row").filter({ hasText: "มีไซซ์ไหนคะ" }).click();
    await steps.filter({ hasText: "outbound-sender: Delivered to LINE" }).waitFor();
  });

  it("shows why a message was parked", async () => {
    await page.getByLabel("Message as the agent").fill("[LINE STICKER: 1/52002735]");
    await page.keyboard.press("Enter");
    await onDesktop("[LINE STICKER: 1/52002735]").getByText("parked").click();
    await page.getByRole("heading", { name: "LINE does not let an account send" }).waitFor();
  });

  it("shows a fault and the recovery, across a reload in the middle of it", async () => {
    const fault = page.getByRole("button", { name: "LINE answers 503" });
    await fault.click();
    await page.getByLabel("Message as the agent").fill("ยังมีอยู่ค่ะ");
    await page.keyboard.press("Enter");
    await onDesktop("ยังมีอยู่ค่ะ").getByText("trying again").click();
    const steps = page.locator(".way-step");
    await steps.filter({ hasText: "outbound-sender: Will try a message again" }).waitFor();
    await page.reload();
    await steps.filter({ hasText: "outbound-sender: Will try a message again" }).first().waitFor();
    expect(await fault.getAttribute("aria-pressed")).toBe("true");
    await fault.click();
    await steps.filter({ hasText: "outbound-sender: Delivered to LINE" }).waitFor();
    // Once: more than one would be refused here.
    await onPhone("ยังมีอยู่ค่ะ").waitFor();
  });

  const onPhone = (text: string) => page.locator("#phone li").filter({ hasText: text });
  const onDesktop = (text: string) => page.locator("#desktop li").filter({ hasText: text });
});
