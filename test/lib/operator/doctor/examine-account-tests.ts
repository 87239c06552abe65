import { createExamination, type Finding } from "../../../../lib/operator/doctor/examination.ts";
import { examineAccount } from "../../../../lib/operator/doctor/examine-account.ts";
import type { Stack } from "../../../../lib/operator/market/stack.ts";
import type { Target } from "../../../../lib/operator/market/target.ts";
import { answeringAws, concurrency, denied } from "../answering-aws.ts";
import type { LocalMarket } from "../local-market.ts";
import type { DoctorRoom } from "./doctor-room.ts";

const EMAIL = "operations@example.com";

export function examineAccountTests(opened: () => DoctorRoom): void {
  let market: LocalMarket;
  beforeAll(() => {
    ({ market } = opened());
  });

  /** The market as if it were deployed, with this address. */
  const deployed = (alarmEmail: string | null = EMAIL): Target => ({
    ...market.target,
    local: undefined,
    settings: { ...market.target.settings, alarmEmail },
  });

  async function examined(target: Target, stack: Stack = market.stack) {
    const findings: Finding[] = [];
    await examineAccount(
      stack,
      target,
      createExamination(undefined, (finding) => findings.push(finding)),
    );
    const [lambda, email] = findings;
    if (lambda === undefined || email === undefined) throw new Error("a check is missing");
    expect([lambda.check, email.check]).toEqual(["Lambda concurrency", "alarm e-mail"]);
    return { lambda, email };
  }

  describe("Lambda's concurrency", () => {
    const withLambda = async (output: object) =>
      (await answeringAws(market.target.aws.lambda, output, () => examined(deployed()))).lambda;

    it("that a new account has", async () => {
      const finding = await withLambda(concurrency(10));
      expect(finding).toMatchObject({
        state: "wrong",
        detail:
          "Lambda runs 10 functions of the account at once in ap-southeast-1, and this market can use 208: webhooks will be refused when much comes in, and messages lost",
      });
      expect(finding.fix).toContain("Request 1000 before there is traffic, in Service Quotas");
      expect(finding.fix).toContain(
        "aws service-quotas request-service-quota-increase --region ap-southeast-1 --service-code lambda --quota-code L-B99A9384 --desired-value 1000",
      );
    });

    it.each([
      [207, "wrong"],
      [208, "ok"],
    ])("of %i is %s, whatever is reserved for others", async (allowed, state) => {
      expect(await withLambda(concurrency(allowed))).toMatchObject({ state });
    });

    it("that whoever runs the doctor may not ask for", async () => {
      expect(await withLambda(denied("AccessDeniedException"))).toEqual({
        check: "Lambda concurrency",
        state: "skipped",
        detail: "AWS does not let this user ask",
        fix: "Allow lambda:GetAccountSettings to whoever runs this command.",
      });
    });

    it("that AWS does not tell for another reason", async () => {
      expect(await withLambda(denied("ServiceException"))).toMatchObject({ state: "wrong" });
    });
  });

  describe("who is told of alarms", () => {
    const subscribed = (endpoint: string, SubscriptionArn = "arn:aws:sns:x:1:topic:id") => ({
      Endpoint: endpoint,
      SubscriptionArn,
    });
    const withSubscriptions = async (output: object, alarmEmail: string | null = EMAIL) =>
      (await answeringAws(market.target.aws.sns, output, () => examined(deployed(alarmEmail))))
        .email;

    it("is the address, once it is confirmed", async () => {
      const Subscriptions = [subscribed(EMAIL)];
      expect(await withSubscriptions({ Subscriptions })).toMatchObject({ state: "ok" });
    });

    it("is nobody while the address is not confirmed", async () => {
      const Subscriptions = [subscribed(EMAIL, "PendingConfirmation"), subscribed("tool")];
      const finding = await withSubscriptions({ Subscriptions });
      expect(finding).toMatchObject({
        state: "wrong",
        detail: "alarmEmail has not been confirmed: nobody reads the alarms there",
      });
      expect(finding.fix).toContain(
        `aws sns subscribe --region ap-southeast-1 --topic-arn ${market.stack.alarmTopicArn} `,
      );
    });

    it.each(["Deleted", "PendingConfirmation"])(
      "is nobody where the only subscription is %s and there is no address",
      async (arn) => {
        const Subscriptions = [subscribed("someone@example.com", arn)];
        expect(await withSubscriptions({ Subscriptions }, null)).toMatchObject({
          state: "wrong",
          detail: "nobody is told of alarms",
          fix: "Set alarmEmail of Testland in cdk.json, then: npx cdk deploy LineGenesysBridge-Testland",
        });
      },
    );

    it("is whoever was subscribed by hand where there is no address", async () => {
      const Subscriptions = [subscribed("https://example.com/pager")];
      expect(await withSubscriptions({ Subscriptions }, null)).toMatchObject({
        state: "ok",
        detail: "1 confirmed subscription(s) to the alarms",
      });
    });

    it("is not the address that was set after the last deployment", async () => {
      const Subscriptions = [subscribed("old@example.com")];
      expect(await withSubscriptions({ Subscriptions })).toMatchObject({
        state: "wrong",
        detail: "alarmEmail is not subscribed to the alarms",
      });
    });

    it("is not known to who may not ask", async () => {
      expect(await withSubscriptions(denied("AuthorizationErrorException"))).toMatchObject({
        state: "skipped",
        fix: "Allow sns:ListSubscriptionsByTopic to whoever runs this command.",
      });
    });

    it("is not known where the stack does not name its topic yet", async () => {
      const old = { ...market.stack, alarmTopicArn: undefined };
      expect((await examined(deployed(), old)).email).toMatchObject({
        state: "skipped",
        fix: "Deploy it again: npx cdk deploy LineGenesysBridge-Testland",
      });
    });

    it("is nobody in a local run without an address, which is no fault", async () => {
      const target = { ...deployed(null), local: "http://127.0.0.1:3000" };
      expect((await examined(target)).email).toMatchObject({
        state: "skipped",
        detail: "no alarms go off here; in AWS nobody would be told of them",
      });
    });
  });
}
