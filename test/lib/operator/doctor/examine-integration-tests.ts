import type { Finding } from "../../../../lib/operator/doctor/examination.ts";
import type { BrandStack } from "../../../../lib/operator/market/stack.ts";
import { type GenesysAdmin, genesysAdmin } from "../genesys-admin.ts";
import type { LocalMarket } from "../local-market.ts";
import { answering, type DoctorRoom } from "./doctor-room.ts";

const MESSAGING = "/api/v2/conversations/messaging";
const FLOW = "Genesys flow";
const CONTENT = "Genesys supported content";
const TYPING = "Genesys typing";
const IDENTITIES = "Genesys identity resolution";

export function examineIntegrationTests(opened: () => DoctorRoom): void {
  let market: LocalMarket;
  let admin: GenesysAdmin;
  let brand: BrandStack;
  let room: DoctorRoom;
  beforeAll(() => {
    room = opened();
    ({ market, brand } = room);
    admin = genesysAdmin(market);
  });

  const integration = async () => {
    const [found] = await admin.integrationsOf(brand);
    if (found === undefined) throw new Error("there is no integration");
    return found;
  };

  /** Attaches something else for as long as the doctor looks. */
  async function whileAttached(
    change: Record<string, { id: string }>,
    broken: Record<string, "wrong">,
  ): Promise<Map<string, Finding>> {
    const { id, name, supportedContent, messagingSetting } = await integration();
    await admin.change(id, { name, ...change });
    try {
      return await room.expectBroken(broken);
    } finally {
      await admin.change(id, {
        name,
        supportedContent: { id: supportedContent.id },
        messagingSetting: { id: messagingSetting.id },
      });
    }
  }

  const made = (kind: string, profile: object) =>
    admin.call("POST", `${MESSAGING}/${kind}`, profile);
  const standard = (kind: string) => admin.call("GET", `${MESSAGING}/${kind}/default`);
  const allowing = (inbound: string, outbound: string) => ({
    mediaTypes: { allow: { inbound: [{ type: inbound }], outbound: [{ type: outbound }] } },
  });

  it("an integration without a flow, whose messages end nowhere", async () => {
    const { recipient } = await integration();
    const path = `/api/v2/routing/message/recipients/${recipient?.id}`;
    const { flow } = await admin.call("GET", path);
    await admin.call("PUT", path, {});
    const found = await room.expectBroken({ [FLOW]: "wrong" });
    await admin.call("PUT", path, { flow });
    expect(found.get(FLOW)).toMatchObject({
      detail: expect.stringContaining("no flow is attached"),
      fix: `Attach a published inbound message flow: ${room.setUpCommand()} --flow <name>`,
    });
  });

  it("the default profiles, which do not do what the bridge needs", async () => {
    const found = await whileAttached(
      {
        supportedContent: await standard("supportedcontent"),
        messagingSetting: await standard("settings"),
      },
      { [CONTENT]: "wrong", [TYPING]: "wrong" },
    );
    expect(found.get(CONTENT)?.detail).toBe(
      'the supported content profile "Default" does not let agents send video/mp4, audio/mpeg, audio/mp4, application/pdf',
    );
    for (const check of [CONTENT, TYPING]) {
      expect(found.get(check)?.fix).toBe(`Let set-up attach its own: ${room.setUpCommand()}`);
    }
  });

  it("a profile of people's that loses what customers send, not one that lets agents send less", async () => {
    const lossy = await made("supportedcontent", { name: "Lossy", ...allowing("image/*", "*/*") });
    const found = await whileAttached({ supportedContent: lossy }, { [CONTENT]: "wrong" });
    expect(found.get(CONTENT)).toMatchObject({
      detail: expect.stringContaining("drops what customers send as video/mp4"),
      fix: expect.stringContaining("Change it in the console, or take it from the integration"),
    });
    const strict = await made("supportedcontent", {
      name: "Strict",
      ...allowing("*/*", "image/*"),
    });
    const quiet = await made("settings", { name: "Quiet" });
    const well = await whileAttached({ supportedContent: strict, messagingSetting: quiet }, {});
    expect(well.get(CONTENT)?.detail).toMatch(/"Strict" does not let agents .*; somebody has/);
    expect(well.get(TYPING)?.detail).toMatch(/"Quiet" does not tell .* typing; somebody has/);
  });

  it("identity resolution that is not as the market wants it", async () => {
    const wanting = (identityResolution: boolean) => ({
      target: { ...market.target, settings: { ...market.target.settings, identityResolution } },
    });
    const found = await room.expectBroken({ [IDENTITIES]: "wrong" }, wanting(false));
    expect(found.get(IDENTITIES)).toMatchObject({
      detail: "it is on, and identityResolution in cdk.json is false",
      fix: room.setUpCommand(),
    });
    const well = await room.expectBroken({}, wanting(true));
    expect(well.get(IDENTITIES)?.detail).toBe("on, without an external source");
  });

  it.each([
    [FLOW, /routing\/message/, "Routing > Message > Manage"],
    [CONTENT, /messaging\/supportedcontent/, "Messaging > Supported Content > View"],
    [TYPING, /messaging\/settings/, "Messaging > Setting > View"],
    [IDENTITIES, /identityresolution/, "Messaging > Identity Resolution Open > View"],
  ])(
    "says of %s which permission its client lacks, and finds no fault",
    async (check, path, name) => {
      market.interfere.genesys = answering(path, 403, {});
      const found = await room.expectBroken({ [check]: "skipped" });
      expect(found.get(check)?.fix).toContain(name);
    },
  );
}
