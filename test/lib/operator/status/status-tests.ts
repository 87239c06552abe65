import { readFileSync } from "node:fs";
import type { DescribeStacksCommandOutput } from "@aws-sdk/client-cloudformation";
import type { BrandStack } from "../../../../lib/operator/market/stack.ts";
import { describeStatus, readStatus, type Status } from "../../../../lib/operator/status/status.ts";
import { anchorsOf } from "../../../pages/markdown.ts";
import { eventually } from "../../local/eventually.ts";
import { answeringAws, denied } from "../answering-aws.ts";
import { letterBox } from "../dead-letters/letter-box.ts";
import type { LocalMarket } from "../local-market.ts";
import { secretValues, storedSecret, storeSecret } from "../market-secrets.ts";

const NOW = Date.UTC(2026, 10, 26);

export function statusTests(running: () => LocalMarket): void {
  let market: LocalMarket;
  let brand: BrandStack;
  beforeAll(async () => {
    market = running();
    [brand] = await market.brandsInUse();
  });

  const status = () => readStatus(market.target, () => NOW);

  const none = { waiting: 0, inFlight: 0 };
  const empty = { inbound: none, outbound: none };

  /** What is said of the brand. */
  const ofBrand = ({ brands }: Status) => brands.find((one) => one.brand === brand.key);

  test("a market where nothing is to be done", async () => {
    const quiet = { waiting: 0, inFlight: 0, deadLetters: 0 };
    market.interfere.line = async (request, pass) =>
      request.path.endsWith("/consumption") ? { status: 200, body: { totalUsage: 0 } } : pass();
    // Another test's message may wait for its next try.
    const now = await eventually(async () => {
      const seen = await status();
      return seen.queues.inbound.inFlight === 0 ? seen : undefined;
    }, 60_000);
    expect(now).toMatchObject({
      market: "Testland",
      at: "2026-11-26T00:00:00.000Z",
      // Other brands are not set up.
      ok: false,
      queues: { inbound: quiet, outbound: quiet },
    });
    expect(now).not.toHaveProperty("dashboard");
    expect(now.brands.map((one) => one.brand)).toEqual(market.stack.brands.map(({ key }) => key));
    expect(ofBrand(now)).toEqual({
      brand: brand.key,
      reply: "push",
      queues: empty,
      quota: { used: 0 },
      answers: { pushes: 0, replies: 0 },
    });
  });

  test("messages that wait for their next try, and dead letters", async () => {
    market.interfere.genesys = async () => ({ status: 503, body: {} });
    await market.run.line?.send(brand.key, "Niran", { type: "text", text: "hello" });
    const groupId = `${brand.key}#U1`;
    await letterBox(market, "inbound").put({ groupId, body: "1" });
    await letterBox(market, "outbound").put({ groupId, body: "2" });
    await letterBox(market, "outbound").put({ groupId, body: "3" });
    const { queues, brands } = await eventually(async () => {
      const now = await status();
      return now.queues.inbound.inFlight > 0 ? now : undefined;
    }, 10_000);
    expect(queues.inbound).toEqual({ waiting: 0, inFlight: 1, deadLetters: 1 });
    expect(queues.outbound).toEqual({ waiting: 0, inFlight: 0, deadLetters: 2 });
    const busy = brands.filter((one) => one.queues.inbound.inFlight > 0);
    expect(busy.map((one) => one.brand)).toEqual([brand.key]);
    await letterBox(market, "inbound").empty();
    await letterBox(market, "outbound").empty();
  });

  test("LINE that cannot be asked, and why", async () => {
    market.interfere.line = async () => undefined;
    const { fault } = ofBrand(await status()) ?? {};
    expect(fault).toMatch(
      /^LINE cannot be reached: http:\S+ closed the connection .* Run it again/,
    );
  });

  test("LINE's monthly messages, with and without a limit", async () => {
    market.interfere.line = async (request, pass) => {
      if (request.path.endsWith("/quota")) {
        return { status: 200, body: { type: "limited", value: 500 } };
      }
      if (request.path.endsWith("/consumption")) return { status: 200, body: { totalUsage: 7 } };
      return pass();
    };
    expect(ofBrand(await status())?.quota).toEqual({ used: 7, limit: 500 });
  });

  test("a brand that is not set up, and one whose credentials LINE refuses, hold nobody up", async () => {
    const { fields } = await storedSecret(market, brand.lineSecret);
    await storeSecret(market, brand.lineSecret, { ...fields, channelSecret: "REPLACE_ME" });
    const notYet = await status();
    expect(ofBrand(notYet)).toMatchObject({
      fault: `not set up yet: npm run operator -- setup --local ${market.run.ready.gateway} --brand ${brand.key}`,
    });
    const [, other] = await market.brandsInUse();
    expect(notYet.ok).toBe(false);
    expect(notYet.brands).toContainEqual(
      expect.objectContaining({ brand: other.key, quota: { used: expect.any(Number) } }),
    );
    await storeSecret(market, brand.lineSecret, { ...fields, channelSecret: "wrong-one" });
    const refused = await status();
    expect(ofBrand(refused)?.fault).toMatch(
      /^LINE refused to issue a channel access token with 400/,
    );
    const text = JSON.stringify([notYet, refused]);
    const secrets = await secretValues(market);
    expect(secrets.filter((value) => text.includes(value))).toEqual([]);
    await storeSecret(market, brand.lineSecret, fields);
  });

  test("what went out this month by pushes, and what by replies", async () => {
    const { line, genesys } = market.run;
    const answers = async () => ofBrand(await readStatus(market.target, Date.now))?.answers;
    const { pushes = 0, replies = 0 } = (await answers()) ?? {};
    await line?.send(brand.key, "Wichai", { type: "text", text: "hello" });
    const wichai = line?.customers.named("Wichai").userId ?? "";
    const say = (text: string) => genesys?.reply(brand.key, wichai, { type: "Text", text });
    await eventually(() => genesys?.messages(brand.key, wichai)[0], 10_000);
    await say("a push");
    await eventually(() => line?.inbox(brand.key, wichai)[0], 10_000);
    // Where the month's messages are used up, any brand replies.
    market.interfere.line = async ({ path }, pass) => {
      if (path.endsWith("/message/reply")) return { status: 200, body: { sentMessages: [] } };
      return path.endsWith("/message/push")
        ? { status: 429, body: { message: "You have reached your monthly limit." } }
        : pass();
    };
    await say("a reply");
    const now = await eventually(async () => {
      const counted = await answers();
      return counted !== undefined && counted.replies > replies ? counted : undefined;
    }, 10_000);
    expect(now).toMatchObject({ pushes: pushes + 1, replies: replies + 1 });
  });

  test("metrics that AWS does not let read are told, and are no fault", async () => {
    const { settings } = market.target;
    const inUse = Object.entries(settings.brands).filter(([key]) => key === brand.key);
    const target = {
      ...market.target,
      settings: { ...settings, brands: Object.fromEntries(inUse) },
    };
    const refused = denied("AccessDeniedException");
    const now = await answeringAws(market.target.aws.cloudWatch, refused, () =>
      readStatus(target, () => NOW),
    );
    expect(now).toMatchObject({
      ok: true,
      brands: [{ brand: brand.key, quota: { used: expect.any(Number) } }],
      answersFault:
        "AWS does not let this user ask. Allow cloudwatch:GetMetricData to whoever runs this command.",
    });
    expect(ofBrand(now)).not.toHaveProperty("answers");
  });

  test("a deployed market's dashboard", async () => {
    const { dashboard } = await readStatus({ ...market.target, local: undefined }, () => NOW);
    expect(dashboard).toBe(market.stack.dashboardUrl);
    expect(dashboard).toContain("ap-southeast-1");
  });

  test("a deployed market that wants no dashboard", async () => {
    const { middlewareStack } = market.target.aws.cloudFormation;
    const name = "without a dashboard";
    middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        const { Stacks = [] } = answer.output as DescribeStacksCommandOutput;
        for (const stack of Stacks) {
          stack.Outputs = stack.Outputs?.filter(({ OutputKey }) => OutputKey !== "DashboardUrl");
        }
        return answer;
      },
      { step: "initialize", name },
    );
    try {
      const { dashboard } = await readStatus({ ...market.target, local: undefined }, () => NOW);
      expect(dashboard).toBeNull();
    } finally {
      middlewareStack.remove(name);
    }
  });

  test("in words", () => {
    const shown: Status = {
      market: "Testland",
      at: "2026-11-26T00:00:00.000Z",
      ok: false,
      queues: {
        inbound: { waiting: 1, inFlight: 2, deadLetters: 3 },
        outbound: { waiting: 0, inFlight: 0, deadLetters: 0 },
      },
      brands: [
        {
          brand: "one",
          queues: { inbound: { waiting: 1, inFlight: 2 }, outbound: none },
          quota: { used: 7, limit: 500 },
          reply: "reply-first",
          answers: { pushes: 412, replies: 188, freePercent: 31 },
        },
        {
          brand: "two",
          queues: empty,
          quota: { used: 8 },
          reply: "push",
          answers: { pushes: 8, replies: 0, freePercent: 0 },
        },
        {
          brand: "three",
          queues: empty,
          fault: "LINE answered 503.",
          reply: "push",
          answers: { pushes: 3, replies: 1, freePercent: 25 },
        },
        {
          brand: "four",
          queues: empty,
          quota: { used: 0 },
          reply: "reply-first",
          answers: { pushes: 0, replies: 0 },
        },
      ],
      dashboard: "https://dashboard.example.com",
    };
    expect(describeStatus(shown)).toEqual([
      "Testland, 2026-11-26T00:00:00.000Z",
      "  inbound   1 waiting · 2 in flight or backing off · 3 dead letters",
      "  outbound  0 waiting · 0 in flight or backing off · 0 dead letters",
      "  one: 7 of 500 LINE messages this month",
      "    412 pushes, 188 replies this month: 31 % of the answers were free",
      "    inbound   1 waiting · 2 in flight or backing off",
      "    outbound  0 waiting · 0 in flight or backing off",
      "  two: 8 LINE messages this month",
      "    inbound   0 waiting · 0 in flight or backing off",
      "    outbound  0 waiting · 0 in flight or backing off",
      "  three: LINE answered 503.",
      "    3 pushes, 1 replies this month: 25 % of the answers were free",
      "    inbound   0 waiting · 0 in flight or backing off",
      "    outbound  0 waiting · 0 in flight or backing off",
      "  four: 0 LINE messages this month",
      "    0 pushes, 0 replies this month",
      "    inbound   0 waiting · 0 in flight or backing off",
      "    outbound  0 waiting · 0 in flight or backing off",
      "  https://dashboard.example.com",
    ]);
    const [without] = describeStatus({ ...shown, dashboard: null }).slice(-1);
    expect(without).toBe(
      '  no dashboard: see lib/cloud/RUNBOOK.md#without-the-dashboard, or deploy the market with "dashboard": true',
    );
    expect(anchorsOf(readFileSync("lib/cloud/RUNBOOK.md", "utf8"))).toContain(
      "without-the-dashboard",
    );
  });

  test.each([
    ["reply-first", ["  pushes and replies of this month are not known: No."]],
    ["push", []],
  ] as const)("in words, where the brands' `reply` is %s and CloudWatch refuses", (reply, told) => {
    const queues = { waiting: 0, inFlight: 0, deadLetters: 0 };
    const shown: Status = {
      market: "Testland",
      at: "2026-11-26T00:00:00.000Z",
      ok: true,
      queues: { inbound: queues, outbound: queues },
      brands: [{ brand: "one", queues: empty, quota: { used: 7 }, reply }],
      answersFault: "No.",
    };
    const lines = describeStatus(shown);
    expect(lines.filter((line) => line.includes("pushes"))).toEqual(told);
  });
}
