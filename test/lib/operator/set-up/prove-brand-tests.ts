import type { BrandStack } from "../../../../lib/operator/market/stack.ts";
import { setUp } from "../../../../lib/operator/set-up/set-up.ts";
import type { LocalMarket } from "../local-market.ts";
import { recordingTerminal } from "../recording-terminal.ts";
import { settingUpIn } from "./setting-up.ts";

export function proveBrandTests(running: () => LocalMarket): void {
  let market: LocalMarket;
  let settingUp: ReturnType<typeof settingUpIn>;
  let brand: BrandStack;
  beforeAll(async () => {
    market = running();
    settingUp = settingUpIn(market);
    brand = market.freshBrand();
    await settingUp(brand);
  });

  it("has patience with LINE, which takes up a new URL within a minute", async () => {
    let tests = 0;
    market.interfere.line = async (request, pass) => {
      if (!request.path.endsWith("/webhook/test")) return pass();
      tests += 1;
      return tests < 4
        ? { status: 200, body: { success: false, statusCode: 404, reason: "ERROR_STATUS_CODE" } }
        : pass();
    };
    expect((await settingUp(brand)).ok).toBe(true);
    expect(tests).toBe(4);
  });

  it("gives up after a minute and a half, and says what LINE says", async () => {
    let waited = 0;
    market.interfere.line = async (request, pass) =>
      request.path.endsWith("/webhook/test")
        ? {
            status: 200,
            body: {
              success: false,
              statusCode: 0,
              reason: "COULD_NOT_CONNECT",
              detail: "Failure to connect",
            },
          }
        : pass();
    const terminal = recordingTerminal();
    const report = await setUp(market.target, { brand: brand.key, given: {} }, terminal, {
      now: Date.now,
      sleep: async (milliseconds) => {
        waited += milliseconds;
      },
    });
    expect(report.ok).toBe(false);
    expect(waited).toBe(90_000);
    expect(terminal.lines).toContain(
      "  ✗ LINE's test of the webhook failed: COULD_NOT_CONNECT, Failure to connect",
    );
  });

  it("says what cannot be tried, when everything is stored and set", async () => {
    market.interfere.line = async (request, pass) =>
      request.path.endsWith("/webhook/test")
        ? { status: 429, body: { message: "The API rate limit has been exceeded." } }
        : pass();
    const report = await settingUp(brand);
    expect(report.ok).toBe(false);
    expect(report.brands[0]?.proofs[0]).toEqual({
      isOk: false,
      text: "LINE counts too many requests (429). Wait a minute, and run it again.",
    });
    expect(report.brands[0]?.proofs[1]?.isOk).toBe(true);
  });

  it("says that the OAuth client may not send inbound messages, and which permission it needs", async () => {
    market.interfere.genesys = async (request, pass) =>
      request.path.includes("/inbound/open/")
        ? { status: 403, body: { code: "missing.permissions" } }
        : pass();
    const report = await settingUp(brand);
    expect(report.ok).toBe(false);
    expect(report.brands[0]?.proofs[2]).toEqual({
      isOk: false,
      text: expect.stringContaining(
        "may not send inbound messages: Give its role the permission Conversation > Message > Receive.",
      ),
    });
  });
}
