import { existsSync } from "node:fs";
import { join } from "node:path";
import { startSynth } from "../../../lib/local/start-synth.ts";
import { marketNamed, stackName } from "../../../lib/markets.ts";
import { MarketsError } from "../../../lib/markets-error.ts";
import { loadMarkets } from "../../../lib/markets-file.ts";
import { SAMPLE_MARKETS_FILE } from "../../sample-markets.ts";

jest.setTimeout(120_000);

const MARKET = "Thailand";
const settings = marketNamed(loadMarkets(SAMPLE_MARKETS_FILE), MARKET);
const { BUNDLES_OF_THIS_RUN: shared } = process.env;

afterEach(() => {
  process.env.BUNDLES_OF_THIS_RUN = shared;
});

test("makes an assembly with the market's template, and removes it at the end", async () => {
  // As outside of the tests: the bundles are made, too.
  delete process.env.BUNDLES_OF_THIS_RUN;
  const synth = startSynth(MARKET, settings, SAMPLE_MARKETS_FILE);
  const directory = await synth.done;
  expect(existsSync(join(directory, `${stackName(MARKET)}.template.json`))).toBe(true);
  await synth.close();
  expect(existsSync(directory)).toBe(false);
});

test("tells what is wrong with the markets as if it were done in this process", async () => {
  const synth = startSynth("Atlantis", settings, SAMPLE_MARKETS_FILE);
  const error = await synth.done.catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MarketsError);
  expect(error).toHaveProperty("faults", [
    "markets.Atlantis: is missing; allowed: Thailand, Taiwan, Japan",
  ]);
  await synth.close();
});

test("ends when it is closed before it is done", async () => {
  const synth = startSynth("Elsewhere", settings, SAMPLE_MARKETS_FILE);
  await synth.close();
  await expect(synth.done).rejects.toThrow("The synth of Elsewhere ended with SIGKILL.");
});

test("a run of the tests makes the same assembly once", async () => {
  const first = startSynth(MARKET, settings, SAMPLE_MARKETS_FILE);
  const directory = await first.done;
  const second = startSynth(MARKET, settings, SAMPLE_MARKETS_FILE);
  expect(await second.done).toBe(directory);
  await Promise.all([first.close(), second.close()]);
  expect(existsSync(directory)).toBe(true);
});
