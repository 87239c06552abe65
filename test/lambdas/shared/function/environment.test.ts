import { readInboundEnvironment } from "../../../../lambdas/inbound/env.ts";
import { BRAND_DEFAULTS } from "../../../../lambdas/shared/contract/brand-settings.ts";
import { readWorkerEnvironment } from "../../../../lambdas/worker/env.ts";

const brands = '{"retail-thai":{"receipts":"all","notes":["follow"],"customAttributes":{}}}';

describe("a function's environment", () => {
  it("is parsed, with what the market's configuration leaves open", () => {
    const environment = readInboundEnvironment({
      MARKET: "Thailand",
      BRANDS: brands,
      INBOUND_QUEUE_URL: "https://sqs.ap-southeast-1.amazonaws.com/1/q.fifo",
    });
    expect(environment.BRANDS).toEqual({
      "retail-thai": {
        ...BRAND_DEFAULTS,
        receipts: "all",
        notes: ["follow"],
        customAttributes: {},
      },
    });
  });

  it("lists all its faults in one message", () => {
    expect(() =>
      readWorkerEnvironment({
        MARKET: "",
        BRANDS: "{",
        PATIENCE_HOURS: "soon",
        LINE_API_URL: "line",
      }),
    ).toThrow(
      /15 fault\(s\).*MARKET: .*BRANDS: is not valid JSON.*INBOUND_QUEUE_URL: is missing.*PATIENCE_HOURS: .*LINE_API_URL: .*GENESYS_LOGIN_URL: is missing/,
    );
  });
});
