import { readFileSync } from "node:fs";
import { consoleName, PERMISSIONS } from "../../../../../lib/operator/platforms/permissions.ts";
import { type BareGenesys, startBareGenesys } from "./bare-genesys.ts";

const PAGE = readFileSync("lib/operator/README.md", "utf8");
const WISHES = { flow: "LINE inbound", identityResolution: false } as const;
const MESSAGING = "/api/v2/conversations/messaging";

const ALL = Object.values(PERMISSIONS).flatMap((group): string[] => Object.values(group));
const byConsoleName = new Map(
  Object.values(PERMISSIONS)
    .flatMap((group) => Object.values(group))
    .map((permission) => [consoleName(permission), permission]),
);

/** The steps as the page's table names them, and how a run shows that one is done or left to people. */
const STEPS: { row: RegExp; byHand: RegExp; isDone(seen: Seen): boolean }[] = [
  {
    row: /^supported content profile/,
    byHand: /a supported content profile that allows/,
    isDone: ({ supportedContent, allowed }) =>
      supportedContent === "LINE bridge" && `${allowed.inbound} ${allowed.outbound}` === "*/* */*",
  },
  {
    row: /^typing/,
    byHand: /Typing Indicator - Outbound/,
    isDone: ({ typing }) => typing === "LINE bridge: Enabled",
  },
  {
    row: /^identity resolution/,
    byHand: /switch Identity Resolution off/,
    isDone: ({ identities }) => !identities,
  },
  {
    row: /^flow/,
    byHand: /route the integration "LINE Retail_Thai" to "LINE inbound"/,
    isDone: ({ flow }) => flow === "LINE inbound",
  },
];

type Seen = Awaited<ReturnType<BareGenesys["see"]>>;

/** The table of the page: each step with its permissions, by the names of the API. */
const TABLE = PAGE.split("| Step | Permissions |")[1]
  ?.split("\n\n")[0]
  ?.split("\n")
  .slice(2)
  .map((line) => {
    const [, step = "", cell = ""] = line.split("|").map((text) => text.trim());
    let group = "";
    const permissions = [...cell.matchAll(/\*([^*]+)\*/g)].map(([, name = ""]) => {
      const parts = name.split(" > ");
      if (parts.length > 1) group = parts.slice(0, -1).join(" > ");
      const full = `${group} > ${parts.at(-1)}`;
      return byConsoleName.get(full as never) ?? `unknown: ${full}`;
    });
    return { step, permissions };
  });

const rowOf = (pattern: RegExp) => TABLE?.find(({ step }) => pattern.test(step))?.permissions ?? [];

let bare: BareGenesys;
beforeEach(async () => {
  bare = await startBareGenesys();
});
afterEach(() => bare.close());

/** The state in which set-up finds Genesys Cloud. */
const WORLDS: Record<string, () => Promise<void>> = {
  "from nothing": async () => {},
  "after people have changed everything": async () => {
    await bare.setUp(WISHES);
    const [one] = (await bare.admin("GET", `${MESSAGING}/integrations/open`)).body.entities;
    const { supportedContent, messagingSetting, recipient } = one;
    await bare.admin("PATCH", `${MESSAGING}/supportedcontent/${supportedContent.id}`, {
      name: "LINE bridge",
      mediaTypes: { allow: { inbound: [], outbound: [] } },
    });
    await bare.admin("PATCH", `${MESSAGING}/settings/${messagingSetting.id}`, {
      name: "LINE bridge",
      event: { typing: { on: { outbound: "Disabled" } } },
    });
    const identities = `${MESSAGING}/identityresolution/integrations/open/${one.id}`;
    await bare.admin("PUT", identities, { resolveIdentities: true });
    await bare.admin("PUT", recipient.selfUri, {});
  },
  "after people have taken away what set-up has attached": async () => {
    await bare.setUp(WISHES);
    const [{ id, name, recipient }] = (await bare.admin("GET", `${MESSAGING}/integrations/open`))
      .body.entities;
    const standard = async (kind: string) => ({
      id: (await bare.admin("GET", `${MESSAGING}/${kind}/default`)).body.id,
    });
    await bare.admin("PATCH", `${MESSAGING}/integrations/open/${id}`, {
      name,
      supportedContent: await standard("supportedcontent"),
      messagingSetting: await standard("settings"),
    });
    const identities = `${MESSAGING}/identityresolution/integrations/open/${id}`;
    await bare.admin("PUT", identities, { resolveIdentities: true });
    await bare.admin("PUT", recipient.selfUri, {});
  },
};

function take(...taken: string[]): void {
  bare.permissions.splice(0, Infinity, ...ALL.filter((one) => !taken.includes(one)));
}

/** What is not as it is to be, and what is left to people for want of a permission: both by the page's rows. */
async function remainder() {
  const { byHand } = await bare.setUp(WISHES);
  const seen = await bare.see();
  const left = byHand.filter(({ permissions }) => permissions !== undefined);
  return {
    undone: STEPS.filter(({ isDone }) => !isDone(seen)),
    left: STEPS.filter((step) => left.some(({ text }) => step.byHand.test(text))),
    named: [...new Set(left.flatMap(({ permissions = [] }) => permissions))],
    count: left.length,
  };
}

it("the page's table names the permissions that the code knows, and no other", () => {
  const named = new Set(TABLE?.flatMap(({ permissions }) => permissions));
  expect(named).toEqual(new Set(ALL));
  for (const { row } of STEPS) expect(rowOf(row).length).toBeGreaterThan(1);
});

describe.each(Object.keys(WORLDS))("%s", (world) => {
  it("is whole with the permissions of the table", async () => {
    await WORLDS[world]?.();
    expect(await remainder()).toEqual({ undone: [], left: [], named: [], count: 0 });
  });

  it.each(ALL.filter((one) => !one.startsWith("messaging:integration:")))(
    "leaves to people what needs %s, and nothing else",
    async (permission) => {
      await WORLDS[world]?.();
      take(permission);
      const { undone, left, named, count } = await remainder();
      // A step is left if and only if it is not done, and only one whose row names the permission.
      expect(left).toEqual(undone);
      expect(count).toBe(left.length);
      for (const { row } of left) expect(rowOf(row)).toContain(permission);
      expect(named).toEqual(left.length > 0 ? [permission] : []);
      // With the permission the next run does the rest.
      take();
      expect(await remainder()).toEqual({ undone: [], left: [], named: [], count: 0 });
    },
  );
});

it.each(ALL.filter((one) => !one.startsWith("messaging:integration:")))(
  "%s is needed for each step whose row names it",
  async (permission) => {
    const needing = new Set<RegExp>();
    for (const world of Object.values(WORLDS)) {
      await bare.close();
      bare = await startBareGenesys();
      await world();
      take(permission);
      for (const { row } of (await remainder()).left) needing.add(row);
    }
    const named = STEPS.filter(({ row }) => rowOf(row).includes(permission as never));
    expect(needing).toEqual(new Set(named.map(({ row }) => row)));
  },
);

it("the client of a smaller guide gets the integration, and people all the rest", async () => {
  take(...ALL.filter((one) => !one.startsWith("messaging:integration:")));
  const { changed, byHand } = await bare.setUp(WISHES);
  expect(changed).toEqual([expect.stringContaining("create the open messaging integration")]);
  const missing = STEPS.map((step) => {
    const left = byHand.filter(({ text }) => step.byHand.test(text));
    return left.flatMap(({ permissions }) => permissions);
  });
  expect(missing).toEqual([
    ["messaging:supportedContent:view"],
    ["messaging:setting:view"],
    ["messaging:identityResolutionOpen:view"],
    ["architect:flow:view"],
  ]);
  expect(byHand).toHaveLength(STEPS.length);
  expect(byHand[0]?.text).toMatch(
    / Set-up does it with a client that has Messaging > Supported Content > View \(messaging:supportedContent:view\)\.$/,
  );
});

it("an integration that may not be edited keeps its profiles, and the rest goes on", async () => {
  take("messaging:integration:edit");
  const { undone, left, named } = await remainder();
  expect(left).toEqual(
    STEPS.filter(({ row }) => rowOf(row).includes("messaging:integration:edit")),
  );
  expect(left).toHaveLength(3);
  expect(undone).toEqual(left);
  expect(named).toEqual(["messaging:integration:edit"]);
});

it.each(["view", "add"] as const)(
  "set-up ends without Messaging > Integration > %s",
  async (name) => {
    take(PERMISSIONS.integration[name]);
    await expect(bare.setUp(WISHES)).rejects.toThrow(consoleName(PERMISSIONS.integration[name]));
  },
);
