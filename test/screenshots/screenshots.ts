import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { startVips } from "../../lambdas/outbound/images/start-vips.ts";
import type { Samples } from "../../lib/local/console/samples/samples.ts";
import { startBrowser } from "../browser.ts";
import { startBridge } from "../journeys/running-bridge.ts";

/** The pictures of the console's page in README.md, light and dark, of the first market of cdk.json. */
const FOLDER = fileURLToPath(new URL("../../lib/local/console/pictures/", import.meta.url));

const QUESTION = "สวัสดีค่ะ เสื้อตัวนี้มีไซซ์ M ไหมคะ";
const ANSWER = "มีค่ะ เหลือตัวสุดท้าย ต้องการให้จองไว้ไหมคะ";
const OTHER_QUESTION = "ขอเลื่อนเที่ยวบินไปวันศุกร์ได้ไหมคะ";
const WHILE_DOWN = "จองให้เรียบร้อยแล้วค่ะ รับได้ที่สาขาพรุ่งนี้นะคะ";

const vips = await startVips();
const bridge = await startBridge("--markets", "cdk.json");
const browser = await startBrowser();
try {
  const url = bridge.ready.console ?? "";
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  // Stickers belong to their creators: without LINE's server they stand there by their names.
  await page.route(/line-scdn\.net/, (route) => route.abort());
  const samples = (await (await fetch(`${url}/api/samples`)).json()) as Samples;
  await page.goto(url);
  await converse(page, url, samples);
  await take(page, "conversation");
  await sendWhileLineIsDown(page);
  await take(page, "line-is-down");
  await recover(page);
  await take(page, "nothing-lost");
} finally {
  await browser.close();
  await bridge.stop();
}

/** Customers of two brands write, and one of them gets an answer and a card. */
async function converse(page: Page, url: string, { customers, sticker, botMessages }: Samples) {
  const [first, second = ""] = customers;
  const [retail = "", travel = ""] = Object.keys(bridge.ready.brands);
  const asCustomer = (brand: string, customer: string, content: object) =>
    post(`${url}/api/line`, { brand, customer, content });
  const { userId } = await asCustomer(retail, first, { type: "text", text: QUESTION });
  await asCustomer(retail, first, sticker);
  await page.locator("#desktop").getByText("[LINE STICKER").waitFor();
  await asAgent(page, ANSWER);
  await page.locator("#phone").getByText(ANSWER).waitFor();
  await post(`${url}/api/genesys`, { brand: retail, to: userId, message: botMessages.Card });
  await asCustomer(travel, second, { type: "text", text: OTHER_QUESTION });
  await page
    .locator(".way-row")
    .filter({ hasText: OTHER_QUESTION })
    .getByText("delivered")
    .waitFor();
}

async function sendWhileLineIsDown(page: Page) {
  const faults = page.getByText("Faults to switch on");
  await faults.click();
  await page.getByRole("button", { name: "LINE answers 503" }).click();
  await faults.click();
  await asAgent(page, WHILE_DOWN);
  await page
    .locator(".way-row")
    .filter({ hasText: WHILE_DOWN })
    .getByText("trying again")
    .waitFor();
  await page.locator(".way-row").filter({ hasText: WHILE_DOWN }).click();
  await page.locator(".way-step").filter({ hasText: "Will try a message again" }).nth(1).waitFor();
}

async function recover(page: Page) {
  await page.getByRole("button", { name: "LINE answers 503" }).click();
  await page.locator(".way-step").filter({ hasText: "Delivered to LINE" }).waitFor();
  await page.getByRole("button", { name: "All messages" }).click();
  await page.locator("#phone").getByText(WHILE_DOWN).waitFor();
}

async function asAgent(page: Page, text: string) {
  await page.getByLabel("Message as the agent").fill(text);
  await page.keyboard.press("Enter");
}

async function take(page: Page, name: string) {
  await page.mouse.move(640, 4);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    using picture = vips.Image.newFromBuffer(await page.screenshot());
    // 256 colours look the same, and take less than half.
    writeFileSync(
      `${FOLDER}${name}-${colorScheme}.png`,
      picture.writeToBuffer(".png", { palette: true }),
    );
  }
}

async function post(url: string, body: object): Promise<{ userId: string }> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as { userId: string };
}
