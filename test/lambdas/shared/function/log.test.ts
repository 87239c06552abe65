import { brandLog, type Log } from "../../../../lambdas/shared/function/log.ts";

function setUp() {
  const lines: unknown[] = [];
  const write = (level: string) => (message: string, fields: Record<string, unknown>) => {
    lines.push({ level, message, ...fields });
  };
  const log: Log = { info: write("info"), warn: write("warn"), error: write("error") };
  return { log, lines };
}

describe("the log of a brand", () => {
  it.each(["info", "warn", "error"] as const)("names the brand on each line: %s", (level) => {
    const { log, lines } = setUp();
    brandLog(log, "retail-thai")[level]("Delivered to LINE", { correlationId: "g1", parts: 2 });
    expect(lines).toEqual([
      {
        level,
        message: "Delivered to LINE",
        brand: "retail-thai",
        correlationId: "g1",
        parts: 2,
      },
    ]);
  });

  it("is one of several that write to the same log", () => {
    const { log, lines } = setUp();
    const [retail, travel] = [brandLog(log, "retail-thai"), brandLog(log, "travel-thai")];
    retail.info("a", {});
    travel.info("b", {});
    retail.info("c", {});
    log.info("d", {});
    expect(lines).toEqual([
      { level: "info", message: "a", brand: "retail-thai" },
      { level: "info", message: "b", brand: "travel-thai" },
      { level: "info", message: "c", brand: "retail-thai" },
      { level: "info", message: "d" },
    ]);
  });
});
