import type { SimulatorAnswer } from "../../../../lib/local/simulators/simulator-server.ts";
import { examine } from "../../../../lib/operator/doctor/doctor.ts";
import type { Finding } from "../../../../lib/operator/doctor/examination.ts";
import type { BrandStack } from "../../../../lib/operator/market/stack.ts";
import type { Target } from "../../../../lib/operator/market/target.ts";
import type { OAuthClient } from "../../../../lib/operator/platforms/genesys-api.ts";
import type { LocalMarket } from "../local-market.ts";
import { storedSecret, storeSecret } from "../market-secrets.ts";

export const OF_ALL = [
  "stack",
  "clock",
  "inbound dead letters",
  "outbound dead letters",
  "Lambda concurrency",
  "alarm e-mail",
];
export const OF_QUEUES = ["inbound queue", "outbound queue"];
export const OF_LINE = [
  "LINE secret",
  "LINE token",
  "LINE webhook",
  "LINE webhook test",
  "LINE quota",
];
/** Of the integration, besides its webhook. */
export const OF_INTEGRATION = [
  "Genesys flow",
  "Genesys supported content",
  "Genesys typing",
  "Genesys identity resolution",
];
export const OF_GENESYS = [
  "Genesys secret",
  "Genesys token",
  "Genesys permission",
  "Genesys integration",
  ...OF_INTEGRATION,
  "Genesys webhook",
];

interface Examined {
  of?: BrandStack;
  target?: Target;
  by?: OAuthClient | undefined;
  now?: () => number;
}

/** What the doctor's tests share. */
export interface DoctorRoom {
  market: LocalMarket;
  /** Everything is right with it; a test that breaks something repairs it. */
  brand: BrandStack;
  provisioning: OAuthClient;
  /** What any test has been told. */
  told: Finding[];
  examining(options?: Examined): Promise<Finding[]>;
  /** What is not ok, and exactly that. Resolves to all findings by their check. */
  expectBroken(
    broken: Record<string, "wrong" | "skipped">,
    options?: Examined,
  ): Promise<Map<string, Finding>>;
  setUpCommand(): string;
  /** Stores other fields for as long as `check` takes. */
  whileStored(secretName: string, fields: object, check: () => Promise<unknown>): Promise<void>;
}

export async function openDoctorRoom(market: LocalMarket): Promise<DoctorRoom> {
  const [brand] = await market.brandsInUse();
  const given = market.credentialsOf(brand);
  const provisioning = {
    clientId: given.genesysProvisioningClientId,
    clientSecret: given.genesysProvisioningClientSecret,
  };
  const told: Finding[] = [];

  async function examining({
    of = brand,
    target = market.target,
    by = provisioning,
    now = Date.now,
  }: Examined = {}): Promise<Finding[]> {
    const { sleep } = market.clock;
    const options = { brand: of.key, provisioning: by };
    return examine(target, options, (finding) => told.push(finding), { now, sleep });
  }

  return {
    market,
    brand,
    provisioning,
    told,
    examining,
    async expectBroken(broken, options) {
      const findings = await examining(options);
      const notOk = findings.filter(({ state }) => state !== "ok");
      expect(Object.fromEntries(notOk.map(({ check, state }) => [check, state]))).toEqual(broken);
      return new Map(findings.map((finding) => [finding.check, finding]));
    },
    setUpCommand: () =>
      `npm run operator -- setup --local ${market.run.ready.gateway} --brand ${brand.key}`,
    async whileStored(secretName, fields, check) {
      const { fields: right } = await storedSecret(market, secretName);
      await storeSecret(market, secretName, { ...right, ...fields });
      try {
        await check();
      } finally {
        await storeSecret(market, secretName, right);
      }
    },
  };
}

export function skipped(checks: string[]): Record<string, "skipped"> {
  return Object.fromEntries(checks.map((check) => [check, "skipped" as const]));
}

/** Lets one request of a platform be answered otherwise. */
export function answering(path: RegExp, status: number, body: object) {
  return async (request: { path: string }, pass: () => Promise<SimulatorAnswer>) =>
    path.test(request.path) ? { status, body } : pass();
}
