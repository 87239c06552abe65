import { PERMISSIONS } from "../../../../lib/operator/platforms/permissions.ts";
import { MissingPermission, refusedBy } from "../../../../lib/operator/platforms/refusal.ts";

const { integration, identityResolution } = PERMISSIONS;
const BOTH = [integration.edit, identityResolution.edit];

it("never quotes the message of a refusal", () => {
  const body = { message: "hush", code: "bad.request", contextId: "c-1" };
  expect(refusedBy("do it", BOTH, { status: 400, body }).message).toBe(
    "Genesys Cloud refused to do it with 400 bad.request contextId c-1.",
  );
  for (const status of [400, 403]) {
    expect(refusedBy("do it", BOTH, { status, body }).message).not.toContain("hush");
    expect(refusedBy("do it", BOTH, { status, body: "hush" }).message).not.toContain("hush");
  }
});

it.each([
  ["all that are needed where Genesys Cloud names none", "…", BOTH],
  ["those that Genesys Cloud names", `missing: ${BOTH[1]}`, [BOTH[1]]],
  ["none that are not needed", "missing: routing:message:manage", BOTH],
])("names %s", (_, message, permissions) => {
  const refusal = refusedBy("do it", BOTH, { status: 403, body: { message } });
  if (!(refusal instanceof MissingPermission)) throw new Error("is no missing permission");
  expect(refusal.permissions).toEqual(permissions);
});

it("names permissions as the console does", () => {
  expect(refusedBy("do it", BOTH, { status: 403, body: undefined }).message).toBe(
    "Genesys Cloud refused to do it with 403: give the role of the OAuth client for set-up the permissions Messaging > Integration > Edit and Messaging > Identity Resolution Open > Edit.",
  );
});
