import { SetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { createExamination, type Finding } from "../../../../lib/operator/doctor/examination.ts";
import { examineStack } from "../../../../lib/operator/doctor/examine-stack.ts";
import type { BrandStack } from "../../../../lib/operator/market/stack.ts";
import { letterBox } from "../dead-letters/letter-box.ts";
import type { LocalMarket } from "../local-market.ts";
import { broken } from "../trouble/broken-servers.ts";
import type { DoctorRoom } from "./doctor-room.ts";

export function examineStackTests(opened: () => DoctorRoom): void {
  let market: LocalMarket;
  let brand: BrandStack;
  let examining: DoctorRoom["examining"];
  let expectBroken: DoctorRoom["expectBroken"];
  beforeAll(() => {
    ({ market, brand, examining, expectBroken } = opened());
  });

  it("the stack that is not there", async () => {
    const target = { ...market.target, stackName: "LineGenesysBridge-Nowhere" };
    const findings = await examining({ target });
    expect(findings).toEqual([
      {
        check: "stack",
        state: "wrong",
        detail: expect.stringContaining("There is no stack LineGenesysBridge-Nowhere"),
        fix: "npx cdk deploy LineGenesysBridge-Nowhere",
      },
    ]);
  });

  it("a stack that is older than its configuration", async () => {
    const { settings } = market.target;
    const [first] = Object.values(settings.brands);
    if (first === undefined) throw new Error("no brand");
    const brands = { ...settings.brands, "new-shop": first };
    const target = { ...market.target, settings: { ...settings, brands } };
    const [finding, ...others] = await examining({ target });
    expect(finding).toMatchObject({ check: "stack", state: "wrong" });
    expect(finding?.detail).toContain("has no output NewShopLineWebhookUrl, NewShopGenesysWebhook");
    expect(others).toEqual([]);
  });

  it.each([
    [120_000, "this machine is 120 s ahead of the gateway"],
    [-120_000, "this machine is 120 s behind the gateway"],
  ])("a clock that is %i ms off", async (skew, detail) => {
    const found = await expectBroken({ clock: "wrong" }, { now: () => Date.now() + skew });
    // The gateway's clock shows whole seconds.
    const told = found
      .get("clock")
      ?.detail.replace(/\d+/, (seconds) => String(Math.round(Number(seconds) / 5) * 5));
    expect(told).toBe(detail);
    expect(found.get("clock")?.fix).toMatch(/time server/);
  });

  it("a gateway that does not answer", async () => {
    const origin = await broken.refusing();
    const closed = { ...brand, lineWebhook: `${origin}/line/shop-1` };
    const stack = { ...market.stack, brands: [closed] };
    const findings: Finding[] = [];
    const examination = createExamination(undefined, (finding) => findings.push(finding));
    await examineStack(stack, market.target, examination, market.clock);
    expect(findings[0]).toMatchObject({ check: "clock", state: "wrong" });
    expect(findings[0]?.detail).toBe(`the gateway cannot be reached: nothing listens at ${origin}`);
    expect(findings[0]?.fix).toContain(`Start the server at ${origin}`);
  });

  it.each(["inbound", "outbound"] as const)(
    "an %s queue without its dead-letter queue",
    async (name) => {
      const deadLetterUrl = market.stack.deadLetters[name];
      const setPolicy = (RedrivePolicy: string) =>
        market.target.aws.sqs.send(
          new SetQueueAttributesCommand({
            QueueUrl: brand.queues[name],
            Attributes: { RedrivePolicy },
          }),
        );
      await setPolicy("");
      const found = await expectBroken({ [`${name} queue`]: "wrong" });
      expect(found.get(`${name} queue`)?.fix).toMatch(/^Deploy the stack again/);
      const arn = `arn:aws:sqs:ap-southeast-1:000000000000:${deadLetterUrl.split("/").at(-1)}`;
      await setPolicy(JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 1_000 }));
      await expectBroken({});
    },
  );

  it.each(["inbound", "outbound"] as const)("dead letters of the %s queue", async (name) => {
    const box = letterBox(market, name);
    const groupId = `${brand.key}#U1`;
    await box.put({ groupId, body: "1", reason: "LineRefused" });
    await box.put({ groupId, body: "2" });
    await box.put({ groupId: `${brand.key}#U2`, body: "3", reason: "LineRefused" });
    const found = await expectBroken({ [`${name} dead letters`]: "wrong" });
    const finding = found.get(`${name} dead letters`);
    expect(finding?.detail).toMatch(/^3 \(.*LineRefused 2/);
    expect(finding?.detail).toContain("none 1");
    expect(finding?.fix).toBe(
      `Remove the cause (lib/cloud/RUNBOOK.md#dead-letters), then: npm run operator -- redrive --local ${market.run.ready.gateway} --queue ${name}. What can never succeed: npm run operator -- discard --local ${market.run.ready.gateway}`,
    );
    expect((await box.empty()).map(({ body }) => body).sort()).toEqual(["1", "2", "3"]);
  });
}
