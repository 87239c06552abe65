import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";

/** Debian's package `chromium`, and where Chrome is on Linux and macOS. */
const BROWSERS = [
  "/usr/bin/chromium",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

const executablePath = BROWSERS.find((path) => existsSync(path));

/** Like `describe`. Where no browser is, the tests are skipped, and one line says why; in CI they fail. */
export function describeInBrowser(name: string, tests: () => void): void {
  if (executablePath !== undefined || process.env.CI !== undefined) {
    describe(name, tests);
    return;
  }
  process.stderr.write(`Skipped: ${name}. No browser is here: apt-get install chromium\n`);
  describe.skip(name, tests);
}

/** Starts a browser that calls nobody by itself. Rejects where none is. */
export async function startBrowser(): Promise<Browser> {
  if (executablePath === undefined)
    throw new Error(`None of these is here: ${BROWSERS.join(", ")}`);
  return chromium.launch({
    executablePath,
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
