import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { Phone } from "../../lib/local/console/state.ts";
import type { ReadyBrand } from "../../lib/local/ready.ts";
import type { Conversation } from "../../lib/local/simulators/genesys/desktop.ts";
import type { Finding } from "../../lib/operator/doctor/examination.ts";
import { sign } from "../lambdas/webhook-event.ts";
import { type Ran, runOperator, startOperator } from "../lib/operator/run-operator.ts";
import { runWithoutReader } from "./run-without-reader.ts";
import { eventually, type RunningBridge, startBridge } from "./running-bridge.ts";
import { startStory } from "./story.ts";

jest.setTimeout(180_000);

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const RETAIL = "retail-thai";
const TRAVEL = "travel-thai";

let bridge: RunningBridge;
let gateway: string;
/** All that any command has printed. */
const printed: string[] = [];

beforeAll(async () => {
  bridge = await startBridge("--empty-secrets");
  ({ gateway } = bridge.ready);
});
afterAll(() => bridge?.stop());

function brandOf(key: string): ReadyBrand {
  const brand = bridge.ready.brands[key];
  if (brand === undefined) throw new Error(`there is no brand ${key}`);
  return brand;
}

/** What the consoles of the platforms show of a brand. */
function credentialsOf(key: string) {
  const { line, genesys } = brandOf(key);
  const { provisioning } = bridge.ready;
  return {
    lineChannelId: line.channelId,
    lineChannelSecret: line.channelSecret,
    genesysClientId: genesys.clientId,
    genesysClientSecret: genesys.clientSecret,
    genesysProvisioningClientId: provisioning?.clientId ?? "",
    genesysProvisioningClientSecret: provisioning?.clientSecret ?? "",
  };
}

/** `lineChannelId` as environment variable or as flag. */
const asVariable = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
const asFlag = (name: string) =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
const environmentOf = (key: string) =>
  Object.fromEntries(
    Object.entries(credentialsOf(key)).map(([name, value]) => [asVariable(name), value]),
  );

async function operator(...args: Parameters<typeof runOperator>): Promise<Ran> {
  const [[verb = "", ...flags], options] = args;
  const ran = await runOperator([verb, "--local", gateway, ...flags], options);
  printed.push(ran.stdout, ran.stderr);
  return ran;
}

/** Exactly one JSON document is on standard output. */
async function operatorJson(...args: Parameters<typeof runOperator>) {
  const [flags, options] = args;
  const { code, stdout } = await operator([...flags, "--json"], options);
  expect(stdout).toMatch(/^\{.*\}\n$/);
  return { code, document: JSON.parse(stdout) };
}

async function state(brand: string): Promise<{ phones: Phone[]; conversations: Conversation[] }> {
  const answer = await fetch(`${bridge.ready.console}/api/state?brand=${brand}`);
  return (await answer.json()) as { phones: Phone[]; conversations: Conversation[] };
}

/** A customer writes, as LINE hands it over. */
async function write(key: string, userId: string, words: string): Promise<number> {
  const { webhook, channelSecret, botUserId } = brandOf(key).line;
  const event = {
    type: "message",
    mode: "active",
    timestamp: Date.now(),
    webhookEventId: randomUUID(),
    deliveryContext: { isRedelivery: false },
    source: { type: "user", userId },
    message: { type: "text", id: randomUUID(), quoteToken: "q", text: words },
  };
  const body = JSON.stringify({ destination: botUserId, events: [event] });
  const headers = {
    "content-type": "application/json",
    "x-line-signature": sign(body, channelSecret),
  };
  return (await fetch(webhook, { method: "POST", headers, body })).status;
}

const answer = (brand: string, to: string, words: string) =>
  fetch(`${bridge.ready.console}/api/genesys`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ brand, to, text: words }),
  });

const newUser = () => `U${randomUUID().replaceAll("-", "")}`;

const step = startStory();

describe("a newcomer", () => {
  step("finds a bridge that takes nothing, and a doctor that says what to do", async () => {
    expect(await write(RETAIL, newUser(), "too early")).toBe(503);
    const { code, stdout } = await operator(["doctor", "--brand", RETAIL]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/wrong .*retail-thai LINE secret: .*placeholder/);
    expect(stdout).toContain(
      `→ Store the credentials: npm run operator -- setup --local ${gateway} --brand ${RETAIL}`,
    );
    const status = await operatorJson(["status"]);
    expect([status.code, status.document.ok]).toEqual([1, false]);
  });

  step("changes nothing without a yes", async () => {
    const unsure = await operator(["setup", "--brand", RETAIL], { env: environmentOf(RETAIL) });
    expect([unsure.code, unsure.stderr]).toEqual([
      2,
      expect.stringContaining("--yes is missing: nobody can be asked here"),
    ]);
    expect(unsure.stdout).toContain(`  will store the LINE channel's credentials`);
    expect((await bridge.getSecret(`Thailand/${RETAIL}/line`)).channelId).toBe("REPLACE_ME");
  });

  step("sets a brand up with npm and the environment", async () => {
    const flags = ["--local", gateway, "--brand", RETAIL, "--flow", "LINE inbound", "--yes"];
    const child = spawn("npm", ["run", "operator", "--", "setup", ...flags], {
      cwd: ROOT,
      env: { ...process.env, ...environmentOf(RETAIL) },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = once(child, "exit");
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
    printed.push(stdout, stderr);
    expect(stdout).toContain("✓ LINE has called the webhook, and the bridge knows its signature");
    expect(stdout).toContain("✓ Genesys Cloud does not refuse the bridge's OAuth client");
    expect(stdout).toMatch(
      /✓ route the integration "LINE Retail_Thai" .* to the flow "LINE inbound"/,
    );
    expect(stdout).not.toContain("Message Routing");
    expect((await ended)[0]).toBe(0);
  });

  step("sees a first message arrive, and its answer", async () => {
    const userId = newUser();
    // The webhook knows for some seconds yet that there was a placeholder.
    await eventually(async () => expect(await write(RETAIL, userId, "สวัสดีค่ะ")).toBe(200));
    const { conversations } = await eventually(async () => {
      const now = await state(RETAIL);
      expect(now.conversations).toHaveLength(1);
      return now;
    });
    expect(conversations[0]?.flow).toBe("LINE inbound");
    expect(conversations[0]?.messages).toEqual([
      expect.objectContaining({
        text: "สวัสดีค่ะ",
        customAttributes: { market: "Thailand", brand: "Retail_Thai" },
      }),
    ]);
    expect((await answer(RETAIL, userId, "ยินดีต้อนรับค่ะ")).status).toBe(200);
    await eventually(async () => {
      const { phones } = await state(RETAIL);
      const phone = phones.find((one) => one.userId === userId);
      expect(phone?.lines.map(({ text: line }) => line)).toContain("ยินดีต้อนรับค่ะ");
    });
  });

  step(
    "sets the other brand up by standard input, and again by flags, which changes nothing",
    async () => {
      const input = { stdin: JSON.stringify(credentialsOf(TRAVEL)) };
      const first = await operatorJson(["setup", "--brand", TRAVEL, "--yes", "--stdin"], input);
      expect([first.code, first.document]).toEqual([
        0,
        { market: "Thailand", ok: true, brands: [expect.objectContaining({ brand: TRAVEL })] },
      ]);
      expect(first.document.brands[0].changed).toHaveLength(5);
      const left = first.document.brands[0].leftToDo.map(
        ({ text: step }: { text: string }) => step,
      );
      expect(left).toContainEqual(expect.stringContaining("Without a flow messages end nowhere."));
      const flags = Object.entries(credentialsOf(TRAVEL)).flatMap(([name, value]) => [
        asFlag(name),
        value,
      ]);
      const second = await operatorJson(["setup", "--brand", TRAVEL, ...flags]);
      expect(second.code).toBe(0);
      expect(second.document.brands[0].changed).toEqual([]);
    },
  );

  step("gives the other brand's messages, which end nowhere, a flow", async () => {
    const flowOf = async (words: string) => {
      const userId = newUser();
      await eventually(async () => expect(await write(TRAVEL, userId, words)).toBe(200));
      return eventually(async () => {
        const { conversations } = await state(TRAVEL);
        const found = conversations.find(({ customerId }) => customerId === userId);
        expect(found?.messages).toHaveLength(1);
        return found?.flow;
      });
    };
    expect(await flowOf("does anybody read this?")).toBeUndefined();
    const flags = ["setup", "--brand", TRAVEL, "--yes", "--flow"];
    const env = environmentOf(TRAVEL);
    const wrong = await operator([...flags, "LINE"], { env });
    expect([wrong.code, wrong.stderr]).toEqual([
      2,
      expect.stringMatching(/--flow "LINE": .*there are "LINE inbound"/),
    ]);
    const { code, document } = await operatorJson([...flags, "LINE inbound"], { env });
    expect([code, document.brands[0].changed]).toEqual([
      0,
      [expect.stringContaining('to the flow "LINE inbound" (now none)')],
    ]);
    expect(await flowOf("now?")).toBe("LINE inbound");
  });
});

describe("an operator", () => {
  const provisioning = () => {
    const { clientId = "", clientSecret = "" } = bridge.ready.provisioning ?? {};
    return {
      GENESYS_PROVISIONING_CLIENT_ID: clientId,
      GENESYS_PROVISIONING_CLIENT_SECRET: clientSecret,
    };
  };
  const doctor = async () => {
    const { code, document } = await operatorJson(["doctor"], { env: provisioning() });
    const findings: Finding[] = document.findings;
    return { code, document, notOk: findings.filter(({ state: found }) => found !== "ok") };
  };

  step("hears from the doctor that everything is right, and what is not", async () => {
    const well = await doctor();
    // The sample has no address for alarms, and here no alarm goes off.
    const alarms = { check: "alarm e-mail", state: "skipped" };
    expect([well.code, well.document.ok]).toEqual([0, true]);
    expect(well.notOk).toMatchObject([alarms]);
    const name = `Thailand/${TRAVEL}/genesys`;
    const right = await bridge.getSecret(name);
    await bridge.putSecret(name, { ...right, clientSecret: "wrong-one" });
    const unwell = await doctor();
    expect([unwell.code, unwell.document.ok]).toEqual([1, false]);
    expect(unwell.notOk.map(({ brand, check, state: found }) => [brand, check, found])).toEqual([
      [undefined, alarms.check, alarms.state],
      [TRAVEL, "Genesys token", "wrong"],
      [TRAVEL, "Genesys permission", "skipped"],
    ]);
    await bridge.putSecret(name, right);
  });

  step("sees how the market is doing, and redrives what may go back", async () => {
    const to = newUser();
    const letter = (hours: number) => ({
      kind: "message",
      brand: RETAIL,
      message: {
        id: randomUUID(),
        type: "Text",
        text: `of ${hours} hours ago`,
        channel: {
          to: { id: to },
          time: new Date(Date.now() - hours * 3_600_000).toISOString(),
        },
      },
    });
    const { outboundDeadLetter } = bridge.ready.queues;
    for (const hours of [30, 1]) {
      await bridge.enqueue(outboundDeadLetter, `${RETAIL}#${to}`, JSON.stringify(letter(hours)));
    }
    const { code, document } = await operatorJson(["status"]);
    // Dead letters have an alarm.
    expect([code, document.ok]).toEqual([0, true]);
    expect(document.queues.outbound.deadLetters).toBe(2);
    expect(document.brands.map(({ brand }: { brand: string }) => brand)).toEqual([RETAIL, TRAVEL]);

    const real = await operatorJson(["redrive", "--queue", "outbound", "--yes"]);
    // Something was held back.
    expect(real.code).toBe(1);
    expect(real.document.queues[0]).toMatchObject({
      queue: "outbound",
      redriven: { none: 1 },
      heldBack: { none: 1 },
    });
    const inbox = async () =>
      (await state(RETAIL)).phones
        .find(({ userId }) => userId === to)
        ?.lines.map(({ text: line }) => line);
    await eventually(async () => expect(await inbox()).toEqual(["of 1 hours ago"]));
  });

  step("forgets a customer", async () => {
    const userId = newUser();
    expect(await write(RETAIL, userId, "forget me")).toBe(200);
    await eventually(async () => {
      const { conversations } = await state(RETAIL);
      expect(JSON.stringify(conversations)).toContain("forget me");
    });
    const { code, document } = await operatorJson(["forget", "--user", userId, "--yes"]);
    expect([code, document]).toEqual([
      0,
      { erased: { records: 1, mediaObjects: 0, deadLetters: 0, unseenLetters: 0 } },
    ]);
    expect(printed.join("")).not.toContain(userId);
  });

  step("ends with 130 at Ctrl-C, and dead letters are where they were", async () => {
    const userId = newUser();
    await write(RETAIL, userId, "interrupted");
    await eventually(async () => {
      expect(JSON.stringify((await state(RETAIL)).conversations)).toContain("interrupted");
    });
    const flags = ["forget", "--local", gateway, "--user", userId, "--yes"];
    const { child, ended } = startOperator(flags);
    await once(child.stdout ?? child, "data");
    child.kill("SIGINT");
    const { code, stdout, stderr } = await ended;
    printed.push(stdout, stderr);
    expect([code, stderr]).toEqual([130, "Interrupted.\n"]);
    // The one that was held back from redriving.
    const [letter] = await bridge.receive(bridge.ready.queues.outboundDeadLetter);
    expect(letter?.Body).toContain("of 30 hours ago");
  });

  step("watches until Ctrl-C", async () => {
    const { child, ended } = startOperator(["status", "--local", gateway, "--watch"]);
    await once(child.stdout ?? child, "data");
    child.kill("SIGINT");
    const { code, stdout, stderr } = await ended;
    printed.push(stdout, stderr);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Thailand, 20.*\n {2}inbound {3}0 waiting/);
  });

  step("watches only as long as somebody reads", async () => {
    const watch = ["bin/operator.ts", "status", "--local", gateway, "--watch"];
    expect(await runWithoutReader(...watch)).toEqual({ code: 141, stderr: "" });
  });

  step("finds no secret in anything that was printed", async () => {
    const stored = await Promise.all(
      [RETAIL, TRAVEL].flatMap((key) => [
        bridge.getSecret(`Thailand/${key}/line`),
        bridge.getSecret(`Thailand/${key}/genesys`),
      ]),
    );
    const secrets = [
      ...stored.flatMap((fields) => [
        fields.channelSecret,
        fields.clientSecret,
        fields.webhookSecret,
      ]),
      bridge.ready.provisioning?.clientSecret,
    ].flatMap((secret) => secret ?? []);
    expect(secrets).toHaveLength(7);
    const all = printed.join("\n");
    expect(all.length).toBeGreaterThan(5_000);
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
  });
});
