import { queueName } from "../../../../lambdas/shared/contract/queue-names.ts";

describe("the name of a brand's queue", () => {
  it("says the market, the direction and the brand", () => {
    expect(queueName("Thailand", "inbound", "retail-thai")).toBe(
      "Thailand_inbound_retail-thai.fifo",
    );
  });

  it("fits SQS's 80 characters with the longest keys", () => {
    const [market, brand] = ["M".repeat(32), "b".repeat(32)];
    expect(queueName(market, "outbound", brand)).toHaveLength(79);
  });

  it("is another one where the keys' words stand elsewhere", () => {
    const names = [
      queueName("Thai", "inbound", "land-shop"),
      queueName("Thai-land", "inbound", "shop"),
      queueName("Thai-land-inbound", "inbound", "shop"),
    ];
    expect(new Set(names).size).toBe(3);
  });
});
