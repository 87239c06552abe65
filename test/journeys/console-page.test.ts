import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import type { Samples } from "../../lib/local/console/samples/samples.ts";
import { firstMessageCommand } from "../../lib/local/first-message.ts";
import { describeInBrowser, startBrowser } from "../browser.ts";
import { type RunningBridge, startBridge } from "./running-bridge.ts";
import { startStory } from "./story.ts";

jest.setTimeout(120_000);

const FILES = ["photo.jpg", "video.mp4", "voice-note.m4a", "order.pdf"];
const fileAt = (name: string) =>
  fileURLToPath(new URL(`../../lib/local/demo/samples/${name}`, import.meta.url));

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
  const step = startStory();

  step("shows a conversation both ways, by keyboard alone", async () => {
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

  step("lets the customer tap what a bot sends", async () => {
    await page.getByRole("button", { name: "Send as the bot" }).click();
    await page.getByRole("option", { name: /^Card / }).click();
    await onPhone("เสื้อโค้ทขนสัตว์").getByRole("button", { name: "จองไว้" }).click();
    await onDesktop("chose a button · reserve:coat:m").waitFor();
  });

  step("shows on the desktop each kind of message that a customer sends", async () => {
    await chooseCustomer("มะลิ");
    const phone = page.locator("section.phone");
    await phone.getByRole("button", { name: "Sticker", exact: true }).click();
    await phone.locator(".sticker-picker button").first().click();
    await onDesktop("[LINE STICKER: Brown & Cony & Sally: Animated Special - โคนี่").waitFor();
    await phone.getByRole("button", { name: "Location", exact: true }).click();
    await page.getByRole("button", { name: "Send the location" }).click();
    await onDesktop("สยามพารากอน").getByText("https://www.google.com/maps").waitFor();
    await page.getByLabel("Files of the customer").setInputFiles(FILES.map(fileAt));
    await page.locator("#desktop img").waitFor();
    await page.locator("#desktop video").waitFor();
    await page.locator("#desktop audio").waitFor();
    await onDesktop("order.pdf").waitFor();
    // What the phone shows of its own.
    for (const kind of ["img", "video", "audio"]) {
      await page.locator(`#phone .own ${kind}`).first().waitFor();
    }
    await onPhone("order.pdf").waitFor();
  });

  step("shows on the phone each kind of message that agents and bots send", async () => {
    const canned = page.getByRole("button", { name: "Canned responses" });
    await canned.click();
    await page.getByRole("option", { name: /^ขอตำแหน่งที่ตั้ง/ }).click();
    await page.getByLabel("Message as the agent").press("Enter");
    await page.locator(".quick-replies").getByText("ส่งตำแหน่งที่ตั้ง").waitFor();
    await page
      .locator("section.desktop")
      .getByRole("button", { name: "Sticker", exact: true })
      .click();
    await page.locator("#phone li:not(.own) .sticker").waitFor();
    await page.getByLabel("Files of the agent").setInputFiles(FILES.map(fileAt));
    await page.getByLabel("Message as the agent").press("Enter");
    for (const kind of ["img", "video", "audio"]) {
      await page.locator(`#phone li:not(.own) ${kind}`).first().waitFor();
    }
    await onPhone("order.pdf").nth(1).waitFor();
    const samples = (await (await fetch(`${bridge.ready.console}/api/samples`)).json()) as Samples;
    for (const name of Object.keys(samples.botMessages)) {
      const before = await page.locator("#phone li:not(.own):not(.notice)").count();
      await page.getByRole("button", { name: "Send as the bot" }).click();
      await page
        .getByRole("option", { name: new RegExp(`^${name} `) })
        .first()
        .click();
      await page.locator("#phone li:not(.own):not(.notice)").nth(before).waitFor();
    }
    await chooseCustomer("สมชาย");
  });

  step("shows the way of a message, from its bubble and after a reload", async () => {
    await onPhone("สวัสดีค่ะ").getByText("delivered").click();
    const steps = page.locator(".way-step");
    await steps.filter({ hasText: "worker: Delivered to Genesys" }).waitFor();
    expect(await steps.first().textContent()).toContain("LINE → bridge: webhook");
    await steps.filter({ hasText: "inbound: Stored in the queue" }).waitFor();
    const post = steps.filter({ hasText: "bridge → Genesys: message" });
    await post.getByText("what was sent and answered").click();
    await post.locator("pre").first().filter({ hasText: "สวัสดีค่ะ" }).waitFor();
    await page.reload();
    await steps.filter({ hasText: "worker: Delivered to Genesys" }).waitFor();
    await page.getByRole("button", { name: "All messages" }).click();
    await page.locator(".way-row").filter({ hasText: "มีไซซ์ไหนคะ" }).click();
    await steps.filter({ hasText: "outbound-sender: Delivered to LINE" }).waitFor();
  });

  step(
    "moves to the way of a message and back at once, so that the next key is typed there",
    async () => {
      await page.reload();
      await page.locator("#way-title, .way-row").first().waitFor();
      if (await page.locator("#way-title").isVisible()) await page.keyboard.press("Escape");
      await page.locator(".way-row").first().waitFor();
      /** What has the focus at the moment at which the other view appears. */
      const focused = (click: string, appears: string) =>
        page.evaluate(
          `new Promise((resolve) => {
          new MutationObserver((_, observer) => {
            if (!document.querySelector("${appears}")) return;
            observer.disconnect();
            resolve(document.activeElement.id || document.activeElement.className);
          }).observe(document.body, { childList: true, subtree: true });
          document.querySelector("${click}").click();
        })`,
        );
      expect(await focused(".way-row", "#way-title")).toBe("way-title");
      expect(await focused(".way-steps > button", ".way-row")).toBe("way-row");
    },
  );

  step("shows why a message was parked", async () => {
    await page.getByLabel("Message as the agent").fill("[LINE STICKER: 1/52002735]");
    await page.keyboard.press("Enter");
    await onDesktop("[LINE STICKER: 1/52002735]").getByText("parked").click();
    await page.getByRole("heading", { name: "LINE does not let an account send" }).waitFor();
  });

  step("shows a fault and the recovery, across a reload in the middle of it", async () => {
    const fault = await switchedOn("LINE answers 503");
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

  step("shows a dead letter and the command that puts it back", async () => {
    await page.locator("#way-title").focus();
    await page.keyboard.press("Escape");
    await page.locator(".dead-letters summary").click();
    const letter = page.locator(".dead-letters li");
    await letter.getByText("StickerNotSendable", { exact: true }).waitFor();
    expect(await letter.locator("code").textContent()).toBe(
      `npm run operator -- redrive --local ${bridge.ready.gateway} --brand retail-thai --queue outbound --reason StickerNotSendable`,
    );
  });

  step("shows a message in the queue while the worker is stopped, and its recovery", async () => {
    const fault = await switchedOn("Worker stopped");
    await says("รอในคิว");
    await row("รอในคิว").getByText("stored").waitFor();
    const queue = page.locator('[data-queue="retail-thai inbound"]');
    await queue.locator('[data-some="true"]').first().waitFor();
    await count("inbound").getByText("still on its way: 1").waitFor();
    await fault.click();
    await row("รอในคิว").getByText("delivered").waitFor();
    await queue.locator('[data-some="true"]').waitFor({ state: "detached" });
  });

  step("counts what LINE sends twice once", async () => {
    const fault = await switchedOn("Webhooks come twice");
    await says("ส่งสองครั้ง");
    await row("ส่งสองครั้ง").click();
    const webhook = page.locator(".way-step").filter({ hasText: "LINE → bridge: webhook" });
    await webhook.nth(1).waitFor();
    await fault.click();
    await page.keyboard.press("Escape");
    await row("ส่งสองครั้ง").getByText("delivered").waitFor();
    // The tap is no message.
    await count("inbound")
      .getByText("9 sent, 9 arrived, none lost, doubled or out of order")
      .waitFor();
  });

  step("shows a wrong signature, and that LINE sends the message again", async () => {
    const fault = await switchedOn("Wrong signature");
    await says("ลายเซ็นผิด");
    await row("ลายเซ็นผิด").getByText("refused").waitFor();
    await fault.click();
    await row("ลายเซ็นผิด").getByText("delivered").waitFor();
  });

  step("shows on both sides what the printed command sends in LINE's name", async () => {
    await promisify(execFile)("bash", ["-c", firstMessageCommand(bridge.ready)]);
    await chooseCustomer(`U${"0".repeat(31)}1`);
    await onPhone("สวัสดีค่ะ").waitFor();
    await onDesktop("สวัสดีค่ะ").waitFor();
  });

  const chooseCustomer = (name: string) =>
    page.getByRole("combobox", { name: /^Customer/ }).selectOption(name);
  /** Whoever is done folds the list, and sees what is on. */
  const switchedOn = async (name: string) => {
    const list = page.getByText("Faults to switch on");
    const fault = page.getByRole("button", { name });
    await list.click();
    await fault.click();
    await list.click();
    return fault;
  };
  const says = async (text: string) => {
    await page.getByLabel("Message as the customer").fill(text);
    await page.keyboard.press("Enter");
  };
  const row = (text: string) => page.locator(".way-row").filter({ hasText: text });
  const count = (direction: string) => page.locator(`[data-tally="retail-thai ${direction}"]`);
  const onPhone = (text: string) => page.locator("#phone li").filter({ hasText: text });
  const onDesktop = (text: string) => page.locator("#desktop li").filter({ hasText: text });
});
