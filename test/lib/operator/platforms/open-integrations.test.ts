import type { CallGenesys, GenesysAnswer } from "../../../../lib/operator/platforms/genesys-api.ts";
import {
  createOpenIntegrations,
  isShown,
} from "../../../../lib/operator/platforms/open-integrations.ts";

const URL_OF_SHOP = "https://shop.example.com/genesys/shop";

/** Integrations as a Genesys Cloud answers that has these pages or answers. */
function integrationsOf(answer: (path: string) => GenesysAnswer) {
  const calls: string[] = [];
  const pauses: number[] = [];
  const call: CallGenesys = async (method, path) => {
    calls.push(`${method} ${path.split("/integrations/open")[1]}`);
    return answer(path);
  };
  const integrations = createOpenIntegrations(call, async (milliseconds) => {
    pauses.push(milliseconds);
  });
  return { integrations, calls, pauses };
}

const entity = (id: string, url = URL_OF_SHOP) => ({ id, outboundNotificationWebhookUrl: url });

it("looks at every page", async () => {
  const pages = [
    [entity("1", "https://elsewhere.example.com"), entity("2")],
    [entity("3", `${URL_OF_SHOP}-2`)],
    [entity("4")],
  ];
  const { integrations, calls } = integrationsOf((path) => {
    const number = Number(new URLSearchParams(path.split("?")[1]).get("pageNumber"));
    return { status: 200, body: { entities: pages[number - 1], pageCount: 3 } };
  });
  expect((await integrations.withWebhook(URL_OF_SHOP)).map(({ id }) => id)).toEqual(["2", "4"]);
  expect(calls).toEqual([1, 2, 3].map((page) => `GET ?pageSize=100&pageNumber=${page}`));
});

it("looks at a further page where one is full and nobody says how many there are", async () => {
  const full = Array.from({ length: 100 }, (_, index) => entity(`first-${index}`));
  const { integrations, calls } = integrationsOf((path) => ({
    status: 200,
    body: { entities: path.endsWith("pageNumber=1") ? full : [entity("last")] },
  }));
  expect((await integrations.withWebhook(URL_OF_SHOP)).at(-1)?.id).toBe("last");
  expect(calls).toHaveLength(2);
});

it.each([{}, { entities: null, pageCount: 0 }])("takes %j for no integrations", async (body) => {
  const { integrations, calls } = integrationsOf(() => ({ status: 200, body }));
  expect(await integrations.withWebhook(URL_OF_SHOP)).toEqual([]);
  expect(calls).toHaveLength(1);
});

it("knows 404 from what is refused, and quotes no message", async () => {
  const { integrations } = integrationsOf((path) =>
    path.endsWith("/gone")
      ? { status: 404, body: {} }
      : { status: 409, body: { code: "conflict", contextId: "c-1", message: "holds a secret" } },
  );
  expect(await integrations.get("gone")).toBeUndefined();
  await expect(integrations.get("a/b")).rejects.toThrow(
    "Genesys Cloud refused to read the integration with 409 conflict contextId c-1.",
  );
  await expect(integrations.create({ name: "n", url: "u", secret: "s" })).rejects.toThrow(
    /refused to create the integration with 409 conflict contextId c-1\.$/,
  );
});

it("waits two minutes for a creation, no longer", async () => {
  const { integrations, pauses } = integrationsOf(() => ({
    status: 200,
    body: { ...entity("1"), createStatus: "Initiated" },
  }));
  await expect(integrations.completed("1")).rejects.toThrow("within two minutes: run set-up again");
  expect(pauses.reduce((sum, pause) => sum + pause, 0)).toBe(120_000);
});

it.each([
  ["Completed", 0],
  [undefined, 0],
])("takes a creation that says %p for done", async (createStatus, count) => {
  const { integrations, pauses } = integrationsOf(() => ({
    status: 200,
    body: { ...entity("1"), createStatus },
  }));
  await integrations.completed("1");
  expect(pauses).toHaveLength(count);
});

it("says that a creation has failed, even without a reason", async () => {
  const { integrations } = integrationsOf(() => ({
    status: 200,
    body: { ...entity("1"), createStatus: "Error" },
  }));
  await expect(integrations.completed("1")).rejects.toThrow("(no reason given). Delete it");
});

it.each([
  ["a secret of sixteen", true],
  ["too short", false],
  ["********************", false],
  [null, false],
  [undefined, false],
])("%p is shown: %p", (secret, expected) => {
  expect(isShown(secret)).toBe(expected);
});
