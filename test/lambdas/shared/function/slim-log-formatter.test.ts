import { Logger } from "@aws-lambda-powertools/logger";
import type { Context } from "aws-lambda";
import { SlimLogFormatter } from "../../../../lambdas/shared/function/slim-log-formatter.ts";

it("writes what people look for, and not what the log group says", () => {
  const lines: string[] = [];
  const keep = (line: unknown) => {
    lines.push(String(line));
    return true;
  };
  const writes = [process.stdout, process.stderr].map((stream) =>
    jest.spyOn(stream, "write").mockImplementation(keep),
  );
  try {
    const log = new Logger({
      logFormatter: new SlimLogFormatter(),
      serviceName: "worker",
      logLevel: "INFO",
    });
    log.info("Before", {});
    log.addContext({
      awsRequestId: "r",
      functionName: "f",
      memoryLimitInMB: "512",
      invokedFunctionArn: "arn",
    } as Context);
    log.info("Delivered", { brand: "retail-thai", correlationId: "c" });
    log.warn("Will try again", { brand: "retail-thai", correlationId: "c" });
    log.error("Parked", {});
  } finally {
    for (const write of writes) write.mockRestore();
  }
  const timestamp = expect.stringMatching(/^\d{4}-.*Z$/);
  const every = { level: "INFO", timestamp, service: "worker" };
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { ...every, message: "Before" },
    { ...every, message: "Delivered", brand: "retail-thai", correlationId: "c" },
    // By it Lambda's own lines about the invocation are found.
    {
      ...every,
      level: "WARN",
      message: "Will try again",
      requestId: "r",
      brand: "retail-thai",
      correlationId: "c",
    },
    { ...every, level: "ERROR", message: "Parked", requestId: "r" },
  ]);
});
