import { writeRunFile } from "../../../../lib/local/run-file.ts";
import { examine } from "../../../../lib/operator/doctor/doctor.ts";
import type { Finding } from "../../../../lib/operator/doctor/examination.ts";
import type { BrandStack } from "../../../../lib/operator/market/stack.ts";
import { localTarget } from "../../../../lib/operator/market/target.ts";
import type { OAuthClient } from "../../../../lib/operator/platforms/genesys-api.ts";
import { temporaryDirectory } from "../../local/temporary-directory.ts";
import { letterBox } from "../dead-letters/letter-box.ts";
import { type LocalMarket, withoutWaiting } from "../local-market.ts";
import { secretValues } from "../market-secrets.ts";
import { runOperator } from "../run-operator.ts";
import {
  answering,
  type DoctorRoom,
  OF_ALL,
  OF_GENESYS,
  OF_LINE,
  OF_QUEUES,
  openDoctorRoom,
} from "./doctor-room.ts";
import { examineAccountTests } from "./examine-account-tests.ts";
import { examineGenesysTests } from "./examine-genesys-tests.ts";
import { examineIntegrationTests } from "./examine-integration-tests.ts";
import { examineLineTests } from "./examine-line-tests.ts";
import { examineStackTests } from "./examine-stack-tests.ts";
import { examineTemplatesTests } from "./examine-templates-tests.ts";

export function doctorTests(running: () => LocalMarket): void {
  let room: DoctorRoom;
  let market: LocalMarket;
  let brand: BrandStack;
  let provisioning: OAuthClient;
  let told: Finding[];
  let examining: DoctorRoom["examining"];
  beforeAll(async () => {
    room = await openDoctorRoom(running());
    ({ market, brand, provisioning, told, examining } = room);
  });

  describe("where everything is right", () => {
    it("finds each link ok, and tells it at once", async () => {
      const heard: Finding[] = [];
      const findings = await examine(
        market.target,
        { brand: brand.key, provisioning },
        (finding) => heard.push(finding),
        market.clock,
      );
      expect(heard).toEqual(findings);
      told.push(...heard);
      expect(findings.map(({ check }) => check)).toEqual([
        ...OF_ALL,
        ...OF_QUEUES,
        ...OF_LINE,
        ...OF_GENESYS,
      ]);
      expect(findings.filter(({ state }) => state !== "ok")).toEqual([]);
      expect(findings.filter(({ fix }) => fix !== undefined)).toEqual([]);
      const detailOf = (name: string) => findings.find(({ check }) => check === name)?.detail;
      expect(detailOf("stack")).toBe("LineGenesysBridge-Testland in ap-southeast-1");
      expect(detailOf("Lambda concurrency")).toBe(
        "Lambda runs 1000 functions of the account at once in ap-southeast-1, and this market can use 208",
      );
      expect(detailOf("alarm e-mail")).toBe("1 confirmed subscription(s) to the alarms");
      expect(detailOf("LINE token")).toBe(`of the account @${brand.key}`);
      expect(detailOf("LINE quota")).toMatch(/^\d+ messages this month, no limit$/);
      expect(detailOf("Genesys integration")).toBe("created, URL and webhook secret as deployed");
      expect(detailOf("Genesys flow")).toBe('"LINE inbound" gets the messages');
      expect(detailOf("Genesys supported content")).toBe(
        'the supported content profile "LINE bridge" does what the bridge needs',
      );
      expect(detailOf("Genesys typing")).toBe(
        'the platform configuration profile "LINE bridge" does what the bridge needs',
      );
      expect(detailOf("Genesys identity resolution")).toBe(
        "on, without an external source (cdk.json leaves it as it is)",
      );
    });

    it("looks at all brands unless one is named", async () => {
      const findings = await examine(market.target, {}, () => {}, market.clock);
      const brands = new Set(findings.flatMap((finding) => finding.brand ?? []));
      expect([...brands]).toEqual(market.stack.brands.map(({ key }) => key));
      const ofOne = new Set((await examining()).flatMap((finding) => finding.brand ?? []));
      expect([...ofOne]).toEqual([brand.key]);
      const unknown = { ...brand, key: "shop-0" };
      await expect(examining({ of: unknown })).rejects.toThrow("--brand shop-0: there is none");
    });
  });

  it("ends when it is interrupted", async () => {
    const stopping = new AbortController();
    const checks: string[] = [];
    const interrupted = examine(
      market.target,
      { brand: brand.key },
      ({ check }) => {
        checks.push(check);
        if (check === "LINE token") stopping.abort();
      },
      { ...market.clock, stopping: stopping.signal },
    );
    await expect(interrupted).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
    expect(checks.at(-1)).toBe("LINE token");
  });

  it("ends as a command, though LINE never answers", async () => {
    const never = new AbortController();
    market.interfere.line = (request, pass) =>
      request.path === "/oauth2/v3/token"
        ? new Promise((_, reject) => never.signal.addEventListener("abort", reject))
        : pass();
    const files = temporaryDirectory({});
    writeRunFile(market.run.runFile, files.path);
    const { code, stdout } = await runOperator(["doctor", "--local", "--brand", brand.key], {
      env: { TMPDIR: files.path },
    });
    never.abort();
    files.remove();
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /LINE token: LINE cannot be reached: http:\S+ did not answer in time\n +→ Run it again/,
    );
  });

  it("gives back the dead letters that it was looking at when it is interrupted", async () => {
    const box = letterBox(market, "inbound");
    await box.put({ groupId: `${brand.key}#U1`, body: "1" });
    const stopping = new AbortController();
    const target = withoutWaiting(localTarget(market.run.runFile));
    target.aws.sqs.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const answer = await next(args);
          if (commandName === "ReceiveMessageCommand") stopping.abort();
          return answer;
        },
      { step: "initialize" },
    );
    const interrupted = examine(target, { brand: brand.key }, () => {}, {
      ...market.clock,
      stopping: stopping.signal,
    });
    await expect(interrupted).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
    target.aws.sqs.destroy();
    expect((await box.empty()).map(({ body }) => body)).toEqual(["1"]);
  });

  describe("what all brands share", () => examineStackTests(() => room));
  describe("the account", () => examineAccountTests(() => room));
  describe("the LINE side", () => examineLineTests(() => room));
  describe("a brand's templates", () => examineTemplatesTests(() => room));
  describe("the Genesys side", () => examineGenesysTests(() => room));
  describe("what an integration has", () => examineIntegrationTests(() => room));

  it("tells nothing that is secret of what is right, wrong and skipped", async () => {
    market.interfere.line = answering(/oauth2/, 400, {});
    const findings = await room.examining();
    expect(new Set(findings.map(({ state }) => state))).toEqual(
      new Set(["ok", "wrong", "skipped"]),
    );
    expect(await secretsIn(findings)).toEqual([]);
  });

  // In none of these tests.
  afterAll(async () => expect(await secretsIn(told)).toEqual([]));

  async function secretsIn(findings: readonly Finding[]): Promise<string[]> {
    const text = JSON.stringify(findings);
    return (await secretValues(market)).filter((value) => text.includes(value));
  }
}
