import { readInboundEnvironment } from "../../../lambdas/inbound/env.ts";
import { readWorkerEnvironment } from "../../../lambdas/worker/env.ts";

const brands = '{"retail-thai":{"endpoint":"message","receipts":"failed","customAttributes":{}}}';

describe("a function's environment", () => {
  it("is parsed", () => {
    const environment = readInboundEnvironment({
      MARKET: "Thailand",
      BRANDS: brands,
      INBOUND_QUEUE_URL: "https://sqs.ap-southeast-1.amazonaws.com/1/q.fifo",
    });
    expect(environment.BRANDS).toEqual({
      "retail-thai": { endpoint: "message", receipts: "failed", customAttributes: {} },
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
      /9 fault\(s\).*MARKET: .*BRANDS: is not valid JSON.*INBOUND_QUEUE_URL: is missing.*PATIENCE_HOURS: .*LINE_API_URL: .*GENESYS_LOGIN_URL: is missing/,
    );
  });
});
