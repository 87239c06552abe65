import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import * as z from "zod";
import { functionEnvironment } from "../../../../lib/local/functions/function-environment.ts";
import {
  createFunctionPool,
  type FunctionPool,
} from "../../../../lib/local/functions/function-pool.ts";
import type { LogLine } from "../../../../lib/local/log-line.ts";
import type { FunctionDefinition } from "../../../../lib/local/template/function-definition.ts";
import { eventually } from "../eventually.ts";
import { temporaryDirectory } from "../temporary-directory.ts";

const HANDLER = `
  let count = 0;
  let busy = false;
  console.log("loaded");
  export const handler = async (event, context) => {
    if (busy) throw new Error("two at once");
    busy = true;
    count += 1;
    try {
      switch (event.do) {
        case "environment": return { ...process.env };
        case "context": return { ...context, remaining: context.getRemainingTimeInMillis() };
        case "wait": await new Promise((resolve) => setTimeout(resolve, event.milliseconds)); break;
        case "loop": for (;;);
        case "throw": { const error = new TypeError("no"); throw error; }
        case "exit": process.exit(7);
        case "reject": Promise.reject(new Error("nobody waits")); await new Promise(() => {});
        case "undefined": return undefined;
        case "print": console.log("to stdout"); console.error("to stderr");
      }
      return { pid: process.pid, count };
    } finally { busy = false; }
  };
`;

const endpoints = {
  sqs: "http://sqs",
  s3: "http://s3",
  dynamodb: "http://ddb",
  secretsManager: "http://sm",
  lambda: "http://lambda",
};
const ran = z.object({ pid: z.number(), count: z.number() });

describe("function pool", () => {
  const code = temporaryDirectory({
    "index.mjs": HANDLER,
    "broken.mjs": 'throw new Error("LINE_API_URL is missing");',
    "gated.mjs": `import { existsSync } from "node:fs"; console.log("starts");
      while (!existsSync(new URL("gate", import.meta.url))) await new Promise((resolve) => setTimeout(resolve, 20));
      export { handler } from "./index.mjs";`,
    "callback.mjs": "export const handler = (event, context, callback) => callback();",
  });
  const logs: LogLine[] = [];
  const pools: FunctionPool[] = [];
  afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

  // A process takes a second to start, so tests that leave a pool in order share one, of two processes or of one.
  let two: FunctionPool;
  let one: FunctionPool;
  beforeAll(() => {
    process.env.SECRET_OF_THIS_MACHINE = "x";
    [two, one] = [createPool(), createPool({}, 1)];
    pools.length = 0;
  });
  afterAll(async () => {
    delete process.env.SECRET_OF_THIS_MACHINE;
    await Promise.all([two.close(), one.close()]);
    code.remove();
  });

  function createPool(changes: Partial<FunctionDefinition> = {}, maxProcesses = 2) {
    const definition: FunctionDefinition = {
      logicalId: "Worker",
      name: "Bridge-Worker",
      arn: "arn:aws:lambda:ap-southeast-1:000000000000:function:Bridge-Worker",
      service: "worker",
      handler: "index.handler",
      codeDirectory: code.path,
      timeoutSeconds: 1,
      memoryMegabytes: 512,
      environment: { POWERTOOLS_SERVICE_NAME: "worker", LINE_API_URL: "https://api.line.me" },
      roleLogicalId: "Role",
      permissions: { statements: [], managedPolicies: [] },
      ...changes,
    };
    const pool = createFunctionPool({
      definition,
      environment: functionEnvironment(definition, "ap-southeast-1", endpoints, {
        LINE_API_URL: "http://127.0.0.1:9",
        ANOTHER: "x",
      }),
      maxProcesses,
      onLog: (line) => logs.push(line),
    });
    pools.push(pool);
    return pool;
  }
  const run = async (pool: FunctionPool, event: unknown) => {
    const result = await pool.invoke(event);
    if (!result.ok) throw new Error(result.error.errorMessage);
    return ran.parse(result.payload);
  };

  test("uses the process that is idle, and shows the service in its command line", async () => {
    expect(await two.warmUp()).toBeUndefined();
    const first = await run(two, {});
    const second = await run(two, {});
    expect(second).toEqual({ pid: first.pid, count: first.count + 1 });
    const command = execFileSync("ps", ["-o", "args=", "-p", String(first.pid)], {
      encoding: "utf8",
    });
    expect(command.trim()).toMatch(/\/function-process\.ts worker$/);
  });

  test("works on one event per process and has the rest wait", async () => {
    // Together they take longer than a second process needs to start.
    const events = Array.from({ length: 9 }, () => ({ do: "wait", milliseconds: 500 }));
    const results = await Promise.all(events.map((event) => run(two, event)));
    expect(new Set(results.map(({ pid }) => pid)).size).toBe(2);
  });

  test("gives a waiting event to the process that is free first, not to the one that starts for it", async () => {
    const pool = createPool({}, 2);
    await pool.warmUp();
    const events = Array.from({ length: 3 }, () => ({ do: "wait", milliseconds: 10 }));
    const results = await Promise.all(events.map((event) => run(pool, event)));
    expect(new Set(results.map(({ pid }) => pid)).size).toBe(1);
  });

  test("starts as many processes at a time as there are processors, also after a crash", async () => {
    const most = availableParallelism() + 2;
    const pool = createPool({ handler: "gated.handler" }, most);
    const gate = join(code.path, "gate");
    const starts = () => logs.filter(({ text }) => text === "starts").length;
    const runAll = async () => {
      rmSync(gate, { force: true });
      logs.length = 0;
      const events = Array.from({ length: most }, () => ({ do: "wait", milliseconds: 100 }));
      const all = Promise.all(events.map((event) => run(pool, event)));
      await eventually(() => starts() >= availableParallelism() || undefined);
      // Time for one too many.
      await delay(500);
      expect(starts()).toBe(availableParallelism());
      writeFileSync(gate, "");
      await all;
    };
    await runAll();
    await pool.crash();
    await runAll();
  });

  test("serves callers in turn when events have to wait", async () => {
    await run(one, {});
    const done: string[] = [];
    const wait = { do: "wait", milliseconds: 10 };
    const calls = ["busy", "busy", "busy", "idle", "idle"].map(async (caller) => {
      await one.invoke(wait, { name: caller });
      done.push(caller);
    });
    await Promise.all(calls);
    // The first one did not have to wait.
    expect(done).toEqual(["busy", "busy", "idle", "busy", "idle"]);
  });

  test("leaves out what nobody waits for any more", async () => {
    const { count } = await run(one, {});
    let isWaiting = true;
    const caller = { name: "impatient", isWaiting: () => isWaiting };
    const slow = one.invoke({ do: "wait", milliseconds: 200 });
    const late = one.invoke({}, caller);
    isWaiting = false;
    expect(await late).toMatchObject({ ok: false, error: { errorType: "Runtime.GivenUp" } });
    await slow;
    isWaiting = true;
    expect(await one.invoke({}, caller)).toMatchObject({ ok: true });
    expect((await run(one, {})).count).toBe(count + 3);
  });

  test("has the environment of Lambda and nothing of this machine but PATH", async () => {
    const result = await two.invoke({ do: "environment" });
    const seen = z.object({ payload: z.record(z.string(), z.string()) }).parse(result).payload;
    expect(seen).toMatchObject({
      PATH: process.env.PATH,
      TZ: ":UTC",
      POWERTOOLS_SERVICE_NAME: "worker",
      LINE_API_URL: "http://127.0.0.1:9",
      AWS_REGION: "ap-southeast-1",
      AWS_ACCESS_KEY_ID: "LOCAL-worker",
      AWS_LAMBDA_FUNCTION_NAME: "Bridge-Worker",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
      AWS_ENDPOINT_URL_SQS: "http://sqs",
      AWS_ENDPOINT_URL_SECRETS_MANAGER: "http://sm",
      AWS_ENDPOINT_URL_LAMBDA: "http://lambda",
    });
    expect(
      Object.keys(seen).filter((name) => !/^(AWS_|LAMBDA_|_HANDLER$|PATH$|TZ$)/.test(name)),
    ).toEqual(["POWERTOOLS_SERVICE_NAME", "LINE_API_URL"]);
  });

  test("gives Lambda's context", async () => {
    const result = await two.invoke({ do: "context" });
    expect(result).toMatchObject({
      ok: true,
      payload: {
        awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        functionName: "Bridge-Worker",
        functionVersion: "$LATEST",
        memoryLimitInMB: "512",
        invokedFunctionArn: "arn:aws:lambda:ap-southeast-1:000000000000:function:Bridge-Worker",
      },
    });
    const { remaining } = z
      .object({ payload: z.object({ remaining: z.number() }) })
      .parse(result).payload;
    expect(remaining).toBeGreaterThan(800);
    expect(remaining).toBeLessThanOrEqual(1_000);
  });

  test("an error of the handler leaves the process in place", async () => {
    const first = await run(one, {});
    expect(await one.invoke({ do: "throw" })).toEqual({
      ok: false,
      error: {
        errorType: "TypeError",
        errorMessage: "no",
        stackTrace: expect.arrayContaining([expect.stringContaining("index.mjs")]),
      },
    });
    expect((await run(one, {})).pid).toBe(first.pid);
    expect(await one.invoke({ do: "undefined" })).toEqual({ ok: true, payload: null });
  });

  test.each([
    ["is too slow", { do: "wait", milliseconds: 60_000 }, "Task timed out after 1.00 seconds"],
    ["never gives way", { do: "loop" }, "Task timed out after 1.00 seconds"],
    ["exits", { do: "exit" }, "Runtime exited with error: exit status 7"],
    ["leaves a rejection unhandled", { do: "reject" }, "nobody waits"],
  ])(
    "a handler that %s loses its process, and the next event gets a new one",
    async (_what, event, message) => {
      const { pid } = await run(one, {});
      const [failed, next] = await Promise.all([one.invoke(event), run(one, {})]);
      expect(failed).toMatchObject({ ok: false, error: { errorMessage: message } });
      expect(next.count).toBe(1);
      expect(next.pid).not.toBe(pid);
      await eventually(() => (isRunning(pid) ? undefined : true));
    },
  );

  test("a process that is killed from outside fails its event and is replaced", async () => {
    const { pid } = await run(one, {});
    const failing = one.invoke({ do: "wait", milliseconds: 60_000 });
    process.kill(pid, "SIGKILL");
    expect(await failing).toMatchObject({
      ok: false,
      error: { errorMessage: "Runtime exited with error: signal: SIGKILL" },
    });
    const next = await run(one, {});
    process.kill(next.pid, "SIGKILL");
    await eventually(() => (isRunning(next.pid) ? undefined : true));
    expect((await run(one, {})).count).toBe(1);
  });

  test("a crash ends what all processes are working on, and others take their place", async () => {
    const pool = createPool();
    // Both processes are loaded, however long that takes.
    const both = () => Promise.all([1, 2].map(() => run(pool, { do: "wait", milliseconds: 300 })));
    await eventually(
      async () => new Set((await both()).map(({ pid }) => pid)).size === 2 || undefined,
    );
    const slow = { do: "wait", milliseconds: 60_000 };
    const failing = [pool.invoke(slow), pool.invoke(slow)];
    await delay(300);
    await pool.crash();
    for (const result of await Promise.all(failing)) {
      expect(result).toMatchObject({
        error: { errorMessage: "Runtime exited with error: signal: SIGKILL" },
      });
    }
    expect((await run(pool, {})).count).toBe(1);
  });

  test.each([
    ["broken.handler", "LINE_API_URL is missing"],
    ["nothing.handler", "Cannot find module 'nothing'"],
    ["index.nothing", "index.nothing is undefined or not exported"],
    [
      "callback.handler",
      "Lambda has no callback handlers from Node.js 24 on; use an async handler",
    ],
  ])("reports why %s cannot be loaded", async (handler, errorMessage) => {
    const pool = createPool({ handler });
    expect(await pool.warmUp()).toMatchObject({ errorMessage });
    expect(await pool.invoke({})).toMatchObject({ ok: false, error: { errorMessage } });
    expect(logs).toContainEqual({
      source: "worker",
      stream: "platform",
      text: expect.stringContaining(errorMessage),
    });
  });

  test("forwards what the function prints, line by line", async () => {
    logs.length = 0;
    await createPool().invoke({ do: "print" });
    await eventually(() => (logs.length >= 3 ? true : undefined));
    expect(logs).toEqual(
      expect.arrayContaining([
        { source: "worker", stream: "stdout", text: "loaded" },
        { source: "worker", stream: "stdout", text: "to stdout" },
        { source: "worker", stream: "stderr", text: "to stderr" },
      ]),
    );
  });

  test("what is halted does nothing and lets nobody in, and goes on where it was", async () => {
    const pool = createPool();
    const { pid } = await run(pool, {});
    const working = run(pool, { do: "wait", milliseconds: 200 });
    pool.halt(true);
    const waiting = run(pool, {});
    const done: string[] = [];
    void working.then(() => done.push("working"));
    void waiting.then(() => done.push("waiting"));
    await delay(500);
    expect(done).toEqual([]);
    pool.halt(false);
    expect(await working).toMatchObject({ pid, count: 2 });
    await waiting;
  });

  test("what is killed while it is halted has a successor when the others go on", async () => {
    const pool = createPool({}, 1);
    const { pid } = await run(pool, {});
    const working = run(pool, { do: "wait", milliseconds: 100 });
    pool.halt(true);
    const waiting = run(pool, {});
    await expect(working).rejects.toThrow("Task timed out");
    pool.halt(false);
    expect((await waiting).pid).not.toBe(pid);
  });

  test("closing ends also what is halted", async () => {
    const pool = createPool({}, 1);
    const { pid } = await run(pool, {});
    pool.halt(true);
    const waiting = pool.invoke({});
    await pool.close();
    expect(isRunning(pid)).toBe(false);
    expect(await waiting).toMatchObject({ ok: false });
  });

  test("closing ends the processes and fails what they work on", async () => {
    const pool = createPool({}, 1);
    const { pid } = await run(pool, {});
    const working = pool.invoke({ do: "wait", milliseconds: 60_000 });
    const waiting = pool.invoke({});
    await pool.close();
    expect(isRunning(pid)).toBe(false);
    expect(await working).toMatchObject({ ok: false });
    expect(await waiting).toMatchObject({ ok: false });
    expect(await pool.invoke({})).toMatchObject({ ok: false });
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
