import { discardTests } from "./dead-letters/discard-tests.ts";
import { lettersTests } from "./dead-letters/letters-tests.ts";
import { redriveTests } from "./dead-letters/redrive-tests.ts";
import { doctorTests } from "./doctor/doctor-tests.ts";
import { forgetTests } from "./forget/forget-tests.ts";
import { type LocalMarket, startLocalMarket } from "./local-market.ts";
import { askingAgainTests } from "./set-up/asking-again-tests.ts";
import { proveBrandTests } from "./set-up/prove-brand-tests.ts";
import { setUpTests } from "./set-up/set-up-tests.ts";
import { statusTests } from "./status/status-tests.ts";

/** Seconds are enough, but not on a machine that is busy. */
const START_MS = 180_000;

// One market for all, because its start takes as long as all tests of a command.
let market: LocalMarket;
beforeAll(async () => {
  market = await startLocalMarket();
}, START_MS);
afterEach(() => {
  market.interfere.line = undefined;
  market.interfere.genesys = undefined;
});
afterAll(() => market?.close());

describe("set-up", () => {
  setUpTests(() => market);
  describe("asks again for", () => askingAgainTests(() => market));
  describe("what it proves", () => proveBrandTests(() => market));
});
describe("the doctor", () => doctorTests(() => market));
describe("status", () => statusTests(() => market));
describe("redrive", () => redriveTests(() => market));
describe("letters", () => lettersTests(() => market));
describe("discard", () => discardTests(() => market));
describe("forget", () => forgetTests(() => market));
