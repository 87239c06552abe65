import { connectGenesys } from "../../../../lib/operator/platforms/genesys-api.ts";
import { type ScriptedAnswer, scriptedServer } from "../../../lambdas/scripted-server.ts";

const CLIENT = { clientId: "client", clientSecret: "hush" };
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A Genesys Cloud that answers the API's calls one after the other. */
async function connected(...answers: ScriptedAnswer[]) {
  const server = await scriptedServer(({ path }) =>
    path === "/oauth/token"
      ? { status: 200, body: { access_token: "a-token", expires_in: 600 } }
      : (answers.shift() ?? { status: 200, body: { last: true } }),
  );
  closing.push(server.close);
  const pauses: number[] = [];
  const call = await connectGenesys(
    { api: server.origin, login: server.origin },
    CLIENT,
    async (ms) => {
      pauses.push(ms);
    },
  );
  const calls = () => server.requests.filter(({ path }) => path !== "/oauth/token");
  return { call, calls, pauses, server };
}

it("calls with the token of the client, and gives back what is answered", async () => {
  const { call, calls, server } = await connected(
    { status: 200, body: { a: 1 } },
    { status: 404, body: { code: "not.found" } },
    { status: 400, body: '"no object"' },
  );
  expect(await call("POST", "/api/v2/x", { b: 2 })).toEqual({ status: 200, body: { a: 1 } });
  expect(await call("GET", "/api/v2/y")).toEqual({ status: 404, body: { code: "not.found" } });
  expect((await call("GET", "/api/v2/z")).status).toBe(400);
  const [first, second] = calls();
  expect(first).toMatchObject({ method: "POST", path: "/api/v2/x", body: '{"b":2}' });
  expect(first?.headers.authorization).toBe("Bearer a-token");
  expect(second?.body).toBe("");
  const basic = Buffer.from("client:hush").toString("base64");
  expect(server.requests[0]?.headers.authorization).toBe(`Basic ${basic}`);
});

it.each([
  ["GET", 503, {}, [2_000]],
  ["PATCH", 500, {}, [2_000]],
  ["POST", 429, { "retry-after": "7" }, [7_000]],
  ["GET", 429, { "retry-after": "60" }, [60_000]],
] as const)("tries %s again after %i", async (method, status, headers, expected) => {
  const { call, pauses, calls } = await connected({ status, headers });
  expect(await call(method, "/api/v2/x")).toEqual({ status: 200, body: { last: true } });
  expect(pauses).toEqual(expected);
  expect(calls()).toHaveLength(2);
});

it("does not create twice what may have been created", async () => {
  const { call, calls } = await connected({ status: 502 });
  await expect(call("POST", "/api/v2/x", {})).rejects.toThrow("Genesys Cloud answered 502.");
  expect(calls()).toHaveLength(1);
});

it("gives up after four tries, or where the pause would be long", async () => {
  const unwell = { status: 503 };
  const { call, calls, pauses } = await connected(unwell, unwell, unwell, unwell, unwell);
  await expect(call("GET", "/api/v2/x")).rejects.toThrow("Genesys Cloud answered 503.");
  expect([calls().length, pauses]).toEqual([4, [2_000, 4_000, 8_000]]);
  const busy = await connected({ status: 429, headers: { "retry-after": "61" } });
  await expect(busy.call("GET", "/api/v2/x")).rejects.toThrow("Genesys Cloud answered 429.");
  expect(busy.pauses).toEqual([]);
});

it("says that the token is refused, and that nobody answers", async () => {
  const { call } = await connected({ status: 401 }, { status: 0, drop: true });
  await expect(call("GET", "/api/v2/x")).rejects.toThrow("refused the access token with 401");
  await expect(call("GET", "/api/v2/x")).rejects.toThrow(/could not be reached/);
});
