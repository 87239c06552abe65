import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Debian's package `chromium`. */
const CHROMIUM = "/usr/bin/chromium";

export const hasBrowser = existsSync(CHROMIUM);

/** Says why tests are skipped where no browser is. */
export const BROWSER_NEEDED = `needs a browser: ${CHROMIUM} (apt-get install chromium)`;

/** Starts a Chromium that calls nobody by itself. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
