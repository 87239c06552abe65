import { retryKey } from "../../../../lambdas/outbound/sender/retry-key.ts";

const retail = { key: "retail-thai" };

describe("retryKey", () => {
  it("is a UUID that depends on brand, message and part alone", () => {
    const key = retryKey(retail, "g1", 1);
    expect(key).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(key).toBe("fd9c00c6-fbdb-5f18-8290-5d9789f374bb");
    expect(
      new Set([
        key,
        retryKey(retail, "g1", 2),
        retryKey(retail, "g2", 1),
        retryKey({ key: "travel-thai" }, "g1", 1),
      ]).size,
    ).toBe(4);
  });
});
