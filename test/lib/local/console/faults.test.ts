import type { Fault } from "../../../../lib/local/console/fault-names.ts";
import { createFaults } from "../../../../lib/local/console/faults.ts";
import type {
  Interfere,
  SimulatorAnswer,
} from "../../../../lib/local/simulators/simulator-server.ts";
import type { Traffic } from "../../../../lib/local/simulators/traffic.ts";

const MESSAGE = "/api/v2/conversations/messages/1/inbound/open/message";
const RECEIPT = "/api/v2/conversations/messages/1/inbound/open/receipt";
const OK: SimulatorAnswer = { status: 200, body: {} };

function setUp(...on: Fault[]) {
  const traffic: Traffic[] = [];
  const killed: string[] = [];
  const switched: [string, boolean][] = [];
  const told: Fault[][] = [];
  const faults = createFaults({
    onTraffic: (one) => traffic.push(one),
    killWorker: async () => void killed.push("worker"),
    haltWorker: (isHalted) => switched.push(["halt", isHalted]),
    useUpQuota: (isUsedUp) => switched.push(["quota", isUsedUp]),
    slowMilliseconds: 200,
  });
  faults.onChange((now) => told.push(now));
  for (const fault of on) faults.set(fault, true);
  const { line, genesys } = faults.within({});
  return {
    faults,
    traffic,
    killed,
    switched,
    told,
    askLine: () => ask(line?.interfere, "/v2/bot/message/push"),
    askGenesys: (path: string) => ask(genesys?.interfere, path),
  };
}

/** The answer's status; undefined for a connection that was cut. */
async function ask(interfere: Interfere | undefined, path: string): Promise<number | undefined> {
  const query = new URLSearchParams();
  const body = Buffer.alloc(0);
  const request = { method: "POST", path, query, headers: {}, body, tooLarge: false };
  return (await interfere?.(request, async () => OK))?.status;
}

it("changes nothing while none is on", async () => {
  const { askLine, askGenesys, traffic } = setUp();
  expect(await askLine()).toBe(200);
  expect(await askGenesys(MESSAGE)).toBe(200);
  expect(traffic).toEqual([]);
});

it.each<[Fault, string, number | undefined, number]>([
  ["line-503", MESSAGE, 200, 503],
  ["genesys-503", MESSAGE, 503, 200],
  ["genesys-503", "/oauth/token", 503, 200],
  ["genesys-429", MESSAGE, 429, 200],
  ["genesys-429", "/oauth/token", 200, 200],
  ["worker-killed", RECEIPT, 200, 200],
  ["worker-killed", "/oauth/token", 200, 200],
])("%s: a request for %s of Genesys Cloud is answered %s, one of LINE %s", async (...row) => {
  const [fault, path, ofGenesys, ofLine] = row;
  const { askLine, askGenesys, faults } = setUp(fault);
  expect([await askGenesys(path), await askLine()]).toEqual([ofGenesys, ofLine]);
  faults.set(fault, false);
  expect([await askGenesys(path), await askLine()]).toEqual([200, 200]);
});

it("tells of each refusal, which the simulator does not see", async () => {
  const { askLine, traffic } = setUp("line-503");
  await askLine();
  expect(traffic).toMatchObject([{ from: "bridge", to: "LINE", what: "push", status: 503 }]);
});

it("makes Genesys Cloud slow", async () => {
  const { askGenesys } = setUp("genesys-slow");
  const from = performance.now();
  expect(await askGenesys(MESSAGE)).toBe(200);
  expect(performance.now() - from).toBeGreaterThan(190);
});

it("kills the worker once, at its next message", async () => {
  const { askGenesys, killed, told, faults } = setUp("worker-killed");
  expect(await askGenesys(MESSAGE)).toBeUndefined();
  expect(killed).toEqual(["worker"]);
  expect(await askGenesys(MESSAGE)).toBe(200);
  expect(killed).toEqual(["worker"]);
  expect(told).toEqual([["worker-killed"], []]);
  expect(faults.on()).toEqual([]);
});

it("leaves a platform alone that interferes by itself", () => {
  const interfere: Interfere = (_request, pass) => pass();
  const { faults } = setUp();
  expect(faults.within({ line: { interfere } }).line?.interfere).toBe(interfere);
});

it.each<[Fault, string]>([
  ["worker-stopped", "halt"],
  ["line-quota", "quota"],
])("%s is switched on and off where it happens", (fault, what) => {
  const { faults, switched } = setUp();
  faults.set(fault, true);
  faults.set(fault, false);
  expect(switched).toEqual([
    [what, true],
    [what, false],
  ]);
});
