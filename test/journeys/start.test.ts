import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConsoleState } from "../../lib/local/console/state.ts";
import { runWithoutReader } from "./run-without-reader.ts";
import { startBridge } from "./running-bridge.ts";

jest.setTimeout(120_000);

const folder = mkdtempSync(join(tmpdir(), "markets-"));
afterAll(() => rmSync(folder, { recursive: true }));

function marketsFile(name: string, content: object): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const market = (brands: object) => ({
  awsRegion: "ap-southeast-1",
  genesysRegion: "eu-west-1",
  brands,
});

describe("npm start", () => {
  it("runs the market of another file, with a console through which both sides talk", async () => {
    const file = marketsFile("good.json", {
      Elsewhere: {
        ...market({
          shop: {
            brand: "Shop",
            endpoint: "legacy",
            receipts: "all",
            customAttributes: { tier: "gold" },
          },
        }),
        customAttributes: { country: "IE" },
      },
    });
    const bridge = await startBridge("--markets", file);
    try {
      const url = bridge.ready.console ?? "";
      const post = (path: string, body: object, headers = {}) =>
        fetch(`${url}${path}`, {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: JSON.stringify(body),
        });
      const state = async (): Promise<ConsoleState> =>
        (await (await fetch(`${url}/api/state?brand=shop`)).json()) as ConsoleState;
      const eventually = async (check: (state: ConsoleState) => boolean) => {
        for (let i = 0; i < 100; i++) {
          const now = await state();
          if (check(now)) return now;
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
        throw new Error("did not happen");
      };

      const said = await post("/api/line", {
        brand: "shop",
        customer: "Aoife",
        content: { type: "text", text: "Dia duit" },
      });
      const { userId } = (await said.json()) as { userId: string };
      const { conversations } = await eventually(
        (now) => now.conversations[0]?.messages.length === 1,
      );
      expect(conversations[0]?.messages[0]).toMatchObject({
        text: "Dia duit",
        nickname: "Aoife",
        customAttributes: { market: "Elsewhere", brand: "Shop", country: "IE", tier: "gold" },
      });
      await post("/api/genesys", { brand: "shop", to: userId, text: "Fáilte" });
      const { phones } = await eventually((now) => now.phones[0]?.lines.length === 2);
      expect(phones[0]?.lines.map(({ text }) => text)).toEqual(["Dia duit", "Fáilte"]);
      await eventually((now) => now.conversations[0]?.messages[1]?.status === "Delivered");

      expect(await (await fetch(url)).text()).toContain("<title>");
      expect((await fetch(`${url}/api/nothing`)).status).toBe(404);
      expect((await post("/api/line", {}, { "content-type": "text/plain" })).status).toBe(415);
      expect((await post("/api/line", { brand: "shop" })).status).toBe(400);
    } finally {
      await bridge.stop();
    }
  });

  it.each([
    ["an unknown option", ["--prot", "1"], /--prot.*npm start -- \[options\]/s],
    [
      "a market that is not there",
      ["--market", "Mars"],
      /markets\.Mars: is missing; allowed: Thailand, Taiwan, Japan/,
    ],
    [
      "a faulty file",
      ["--markets", marketsFile("bad.json", { T: market({ Bad_Key: { brand: "x" } }) })],
      /markets\.T\.brands\.Bad_Key/,
    ],
    ["a file that is not there", ["--markets", join(folder, "none.json")], /none\.json/],
  ])("ends with a clear message for %s", async (_, flags, message) => {
    await expect(startBridge(...flags)).rejects.toThrow(message);
  });

  it.each([
    ["bin/local.ts", "--port", "0"],
    ["bin/demo.ts", "--market", "Thailand"],
  ])(
    "ends quietly, before it bundles, when nobody reads what it prints: %s",
    async (...command) => {
      expect(await runWithoutReader(...command)).toEqual({ code: 141, stderr: "" });
    },
  );

  it("says that a port is taken, before it bundles", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    try {
      const error = await startBridge("--port", String(port)).catch((reason: Error) => reason);
      expect(String(error)).toMatch(/EADDRINUSE.*npm start -- --port N/);
      expect(String(error)).not.toContain("Bundling");
    } finally {
      server.close();
    }
  });
});
