import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Debian's package `chromium`. */
const CHROMIUM = "/usr/bin/chromium";

/** Like `describe`. Where no browser is, the tests are skipped, and one line says why. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (existsSync(CHROMIUM)) {
    describe(name, tests);
    return;
  }
  process.stderr.write(`Skipped: ${name}. It needs ${CHROMIUM}: apt-get install chromium\n`);
  describe.skip(name, tests);
}

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
