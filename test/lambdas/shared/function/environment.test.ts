import { readHourlyCheckEnvironment } from "../../../../lambdas/hourly-check/env.ts";
import { readInboundEnvironment } from "../../../../lambdas/inbound/env.ts";
import { readWebhookEnvironment } from "../../../../lambdas/outbound/webhook/env.ts";
import { readWorkerEnvironment } from "../../../../lambdas/worker/env.ts";

const environment = {
  MARKET: "Thailand",
  QUEUE_URL_PREFIX: "https://sqs.ap-southeast-1.amazonaws.com/1/",
  LINE_API_URL: "https://api.line.me",
  GENESYS_LOGIN_URL: "https://login.mypurecloud.jp",
  INBOUND_DEAD_LETTER_QUEUE_URL: "https://sqs.ap-southeast-1.amazonaws.com/1/in.fifo",
  OUTBOUND_DEAD_LETTER_QUEUE_URL: "https://sqs.ap-southeast-1.amazonaws.com/1/out.fifo",
};

describe("a function's environment", () => {
  describe.each([
    ["the LINE webhook", readInboundEnvironment],
    ["the Genesys webhook", readWebhookEnvironment],
    ["the hourly check", readHourlyCheckEnvironment],
  ])("of %s", (_, read) => {
    it.each([
      ["retail-thai", ["retail-thai"]],
      ["retail-thai,travel-thai,shop", ["retail-thai", "travel-thai", "shop"]],
    ])("names the brands by their keys: %s", (BRANDS, keys) => {
      expect(read({ ...environment, BRANDS })).toMatchObject({ MARKET: "Thailand", BRANDS: keys });
    });

    it.each([undefined, ""])("is refused without brands: %j", (BRANDS) => {
      expect(() => read({ ...environment, BRANDS })).toThrow(/1 fault\(s\).*BRANDS: /);
    });
  });

  it("is refused where names cannot follow the queues' prefix", () => {
    const QUEUE_URL_PREFIX = "https://sqs.ap-southeast-1.amazonaws.com/1";
    expect(() =>
      readInboundEnvironment({ ...environment, BRANDS: "shop", QUEUE_URL_PREFIX }),
    ).toThrow(/1 fault\(s\).*QUEUE_URL_PREFIX: /);
  });

  it("lists all its faults in one message", () => {
    expect(() =>
      readWorkerEnvironment({
        MARKET: "",
        PATIENCE_HOURS: "soon",
        LINE_API_URL: "line",
      }),
    ).toThrow(
      /15 fault\(s\).*LINE_API_URL: .*GENESYS_LOGIN_URL: is missing.*MARKET: .*QUEUE_URL_PREFIX: is missing.*PATIENCE_HOURS: /,
    );
  });
});
