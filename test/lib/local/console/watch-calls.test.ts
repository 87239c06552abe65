import { type Call, watchCalls } from "../../../../lib/local/console/watch-calls.ts";
import type { SimulatorAnswer } from "../../../../lib/local/simulators/simulator-server.ts";

const request = {
  method: "POST",
  path: "/v2/bot/message/push",
  query: new URLSearchParams(),
  headers: {},
  body: Buffer.alloc(0),
  tooLarge: false,
};
const OK: SimulatorAnswer = { status: 200, body: {} };

it("tells each call with its answer, also where somebody interferes", async () => {
  const calls: Call[] = [];
  const busy: SimulatorAnswer = { status: 503, body: {} };
  const { line, genesys } = watchCalls(
    { line: { interfere: async () => busy, monthlyLimit: 3 } },
    (call) => calls.push(call),
  );
  expect(line?.monthlyLimit).toBe(3);
  expect(await line?.interfere?.(request, async () => OK)).toBe(busy);
  expect(await genesys?.interfere?.(request, async () => OK)).toBe(OK);
  expect(calls).toEqual([
    { to: "LINE", request, answer: busy, at: expect.any(Number), milliseconds: expect.any(Number) },
    {
      to: "Genesys",
      request,
      answer: OK,
      at: expect.any(Number),
      milliseconds: expect.any(Number),
    },
  ]);
});

it("tells a connection that was cut", async () => {
  const calls: Call[] = [];
  const { genesys } = watchCalls({ genesys: { interfere: async () => undefined } }, (call) =>
    calls.push(call),
  );
  expect(await genesys?.interfere?.(request, async () => OK)).toBeUndefined();
  expect(calls).toMatchObject([{ answer: undefined }]);
});
