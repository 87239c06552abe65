import { randomUUID } from "node:crypto";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { ArchitectFlow } from "../../../../../lib/local/simulators/genesys/flow.ts";
import {
  type GenesysCloud,
  startGenesysCloud,
} from "../../../../../lib/local/simulators/genesys/genesys-cloud.ts";
import {
  PROVISIONING_PERMISSIONS,
  RECEIVE_PERMISSION,
} from "../../../../../lib/local/simulators/genesys/oauth-client.ts";
import type {
  Interfere,
  SimulatorRequest,
} from "../../../../../lib/local/simulators/simulator-server.ts";
import { marketsSchema } from "../../../../../lib/market-schema.ts";
import { createAwsClients } from "../../../../../lib/operator/market/aws-clients.ts";
import type { BrandStack } from "../../../../../lib/operator/market/stack.ts";
import type { Target } from "../../../../../lib/operator/market/target.ts";
import { applyChanges } from "../../../../../lib/operator/set-up/apply-changes.ts";
import { planGenesys } from "../../../../../lib/operator/set-up/plan-genesys.ts";
import { platformClient } from "../../../local/simulators/genesys/platform-client.ts";
import { recordingTerminal } from "../../recording-terminal.ts";

const MESSAGING = "/api/v2/conversations/messaging";

export const flow = (name: string, type = "inboundshortmessage", isPublished = true) => ({
  id: randomUUID(),
  name,
  type,
  isPublished,
});

const BRAND: BrandStack = {
  key: "retail",
  name: "Retail_Thai",
  lineWebhook: "https://hooks.example/line/retail",
  genesysWebhook: "https://hooks.example/genesys/retail",
  lineSecret: "Thailand/retail/line",
  genesysSecret: "Thailand/retail/genesys",
  queues: { inbound: "", outbound: "" },
};

interface Wishes {
  flow?: string;
  identityResolution?: boolean | null;
  renewsSecret?: boolean;
}

/** What is in Genesys Cloud, without ids and times. */
interface Seen {
  integration: string;
  webhook: string;
  supportedContent: string;
  allowed: { inbound: string[]; outbound: string[] };
  typing: string;
  identities: boolean;
  flow: string | undefined;
}

/** A Genesys Cloud alone, with a set-up of its side of one brand; no LINE, no functions. */
export interface BareGenesys {
  genesys: GenesysCloud;
  /** What an administrator may do: everything. */
  admin: Awaited<ReturnType<typeof platformClient>>;
  /** Stands before Genesys Cloud while it is set. */
  interfere: { now: Interfere | undefined };
  /** The permissions of the client for set-up; all at the start. */
  permissions: string[];
  /** Requests of set-up that wanted to change something. */
  writes: string[];
  /** The fields of the brand's Genesys secret. */
  secret: Record<string, string>;
  /** Plans and applies, as a whole run does. */
  setUp(wishes?: Wishes): Promise<{
    announced: string[];
    changed: string[];
    byHand: { text: string; permissions?: readonly string[] }[];
    notes: string[];
  }>;
  see(): Promise<Seen>;
  /** How many there are: two runs may not make two. */
  count(): Promise<{ integrations: number; profiles: number; settings: number }>;
  close(): Promise<void>;
}

export async function startBareGenesys(
  flows: ArchitectFlow[] = [flow("LINE inbound")],
  { masksSecrets = false }: { masksSecrets?: boolean } = {},
): Promise<BareGenesys> {
  let ahead = 0;
  let isSettingUp = false;
  const interfere: BareGenesys["interfere"] = { now: undefined };
  const writes: string[] = [];
  const permissions: string[] = [...PROVISIONING_PERMISSIONS];
  const genesys = await startGenesysCloud({
    integrations: [],
    masksSecrets,
    flows,
    clients: [
      { clientId: "bridge", clientSecret: "s", permissions: [RECEIVE_PERMISSION] },
      { clientId: "provisioning", clientSecret: "s", permissions },
      { clientId: "admin", clientSecret: "s", permissions: [...PROVISIONING_PERMISSIONS] },
    ],
    requestsPerMinute: 100_000,
    creationMilliseconds: 3_000,
    now: () => Date.now() + ahead,
    interfere: (request, pass) => {
      if (!isSettingUp) return pass();
      if (isWrite(request)) writes.push(`${request.method} ${request.path}`);
      return interfere.now?.(request, pass) ?? pass();
    },
  });
  const admin = await platformClient(genesys.origin, "admin");
  const secret: Record<string, string> = {};
  const target = targetOf(genesys.origin, secret);
  const clock = {
    now: Date.now,
    sleep: async (milliseconds: number) => {
      ahead += milliseconds;
    },
  };
  const list = async (path: string) => (await admin("GET", `${path}?pageSize=100`)).body.entities;

  async function run({ flow: flowName, identityResolution = null, renewsSecret = false }: Wishes) {
    const client = (clientId: string) => ({ clientId, clientSecret: "s" });
    const settings = { ...target.settings, identityResolution };
    const plan = await planGenesys(
      BRAND,
      { ...target, settings },
      {
        stored: { ...secret },
        runtime: client("bridge"),
        provisioning: client("provisioning"),
      },
      { flow: flowName, renewsSecret },
      clock,
    );
    const terminal = recordingTerminal();
    const { changed, byHand } = await applyChanges(plan.changes, terminal);
    const announced = plan.changes.map(({ text }) => text);
    return { announced, changed, byHand: [...plan.byHand, ...byHand], notes: plan.notes };
  }

  return {
    genesys,
    admin,
    interfere,
    permissions,
    writes,
    secret,
    async setUp(wishes = {}) {
      isSettingUp = true;
      try {
        return await run(wishes);
      } finally {
        isSettingUp = false;
      }
    },
    async see() {
      const integrations = await list(`${MESSAGING}/integrations/open`);
      const one = integrations.find(
        (integration: { outboundNotificationWebhookUrl: string }) =>
          integration.outboundNotificationWebhookUrl === BRAND.genesysWebhook,
      );
      const { supportedContent, messagingSetting, recipient } = one;
      const profile = await admin("GET", `${MESSAGING}/supportedcontent/${supportedContent.id}`);
      const setting = await admin("GET", `${MESSAGING}/settings/${messagingSetting.id}`);
      const identities = await admin(
        "GET",
        `${MESSAGING}/identityresolution/integrations/open/${one.id}`,
      );
      const routing = await admin("GET", recipient.selfUri);
      const { inbound, outbound } = profile.body.mediaTypes.allow;
      const types = (allowed: { type: string }[]) => allowed.map(({ type }) => type);
      return {
        integration: one.name,
        webhook: one.outboundNotificationWebhookUrl,
        supportedContent: profile.body.name,
        allowed: { inbound: types(inbound), outbound: types(outbound) },
        typing: `${setting.body.name}: ${setting.body.event.typing.on.outbound}`,
        identities: identities.body.resolveIdentities,
        flow: routing.body.flow?.name,
      };
    },
    async count() {
      const total = async (path: string) => (await admin("GET", path)).body.total;
      return {
        integrations: await total(`${MESSAGING}/integrations/open`),
        profiles: await total(`${MESSAGING}/supportedcontent`),
        settings: await total(`${MESSAGING}/settings`),
      };
    },
    async close() {
      for (const client of Object.values(target.aws)) client.destroy();
      await genesys.close();
    },
  };
}

/** A login changes nothing. */
function isWrite({ method, path }: SimulatorRequest): boolean {
  return method !== "GET" && !path.startsWith("/oauth");
}

function targetOf(origin: string, secret: Record<string, string>): Target {
  const { Thailand } = marketsSchema.parse({
    Thailand: {
      awsRegion: "ap-southeast-1",
      genesysRegion: "ap-southeast-1",
      brands: { retail: { brand: BRAND.name } },
    },
  });
  if (Thailand === undefined) throw new Error("no market");
  return {
    market: "Thailand",
    settings: Thailand,
    stackName: "LineGenesysBridge-Thailand",
    region: "ap-southeast-1",
    local: undefined,
    platforms: { lineApi: "", genesysApi: origin, genesysLogin: origin },
    aws: { ...createAwsClients("ap-southeast-1"), secrets: storingIn(secret) },
  };
}

/** Secrets Manager, as far as set-up stores and reads the brand's Genesys secret. */
function storingIn(secret: Record<string, string>): SecretsManagerClient {
  const client = new SecretsManagerClient({ region: "ap-southeast-1" });
  let before = "{}";
  client.middlewareStack.add(
    () => async (args) => {
      const { SecretString, VersionStage } = args.input as {
        SecretString?: string;
        VersionStage?: string;
      };
      if (SecretString === undefined) {
        const text = VersionStage === "AWSPREVIOUS" ? before : JSON.stringify(secret);
        const output = { $metadata: {}, SecretString: text, CreatedDate: new Date() };
        return { output, response: undefined };
      }
      before = JSON.stringify(secret);
      for (const name of Object.keys(secret)) delete secret[name];
      Object.assign(secret, JSON.parse(SecretString));
      return { output: { $metadata: {} }, response: undefined };
    },
    { step: "initialize" },
  );
  return client;
}
