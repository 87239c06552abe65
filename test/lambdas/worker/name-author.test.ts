import { brandSettingsSchema } from "../../../lambdas/shared/contract/brand-settings.ts";
import type { LineProfile } from "../../../lambdas/shared/line/client.ts";
import { createNameAuthor } from "../../../lambdas/worker/name-author.ts";
import { fakeWorkerBrand } from "./fake-worker-brand.ts";

const PICTURE = "https://profile.line-scdn.net/abcdefghijklmn";
const somchai: LineProfile = { displayName: "สมชาย", language: "th", pictureUrl: PICTURE };
const family: LineProfile = { displayName: "家族", pictureUrl: PICTURE };

/** What is known of who wrote, where LINE tells these profiles of users and groups. */
async function named(
  source: { type: string; userId?: string; groupId?: string; roomId?: string },
  settings: object = {},
  told: { user?: LineProfile | undefined; group?: LineProfile | undefined } = {
    user: somchai,
    group: family,
  },
) {
  const asked: object[] = [];
  const nameAuthor = createNameAuthor(async (_brand, party) => {
    asked.push(party);
    return "groupId" in party && !("memberId" in party) ? told.group : told.user;
  });
  const brand = fakeWorkerBrand({
    settings: brandSettingsSchema.parse({
      customAttributes: { market: "Thailand", brand: "Retail_Thai" },
      ...settings,
    }),
  });
  const event = { type: "message", webhookEventId: "E1", timestamp: 1, source };
  const who = await nameAuthor(brand, event, "the customer", undefined);
  return { ...who, asked };
}

const ALL = { attributes: ["lineLanguage", "linePictureUrl", "lineGroupName"] };
const OWN = { market: "Thailand", brand: "Retail_Thai" };

describe("who has written", () => {
  it("is a user, with no attributes but the configured ones by default", async () => {
    expect(await named({ type: "user", userId: "U1" })).toEqual({
      customer: { id: "the customer", nickname: "สมชาย" },
      customAttributes: OWN,
      asked: [{ userId: "the customer" }],
    });
  });

  it("has the attributes of the profile that the brand asks for, each a text", async () => {
    const user = { type: "user", userId: "U1" };
    const language = { attributes: ["lineLanguage"] };
    expect((await named(user, language)).customAttributes).toEqual({ ...OWN, lineLanguage: "th" });
    expect((await named(user, ALL)).customAttributes).toEqual({
      ...OWN,
      lineLanguage: "th",
      linePictureUrl: PICTURE,
    });
  });

  it("has none of them where LINE is slow or does not tell, and is not held up", async () => {
    const user = { type: "user", userId: "U1" };
    expect(await named(user, ALL, {})).toMatchObject({
      customer: { nickname: undefined },
      customAttributes: OWN,
    });
    const shy = { user: { displayName: "สมชาย" } };
    expect((await named(user, ALL, shy)).customAttributes).toEqual(OWN);
  });

  it("never loses a configured attribute to one of the profile", async () => {
    const customAttributes = { ...OWN, lineLanguage: "en" };
    const who = await named({ type: "user", userId: "U1" }, { ...ALL, customAttributes });
    expect(who.customAttributes).toEqual({ ...customAttributes, linePictureUrl: PICTURE });
  });

  it("is a group with its name and picture, and its member as the author, for two calls to LINE", async () => {
    const group = { type: "group", groupId: "C1", userId: "U1" };
    expect(await named(group, ALL)).toEqual({
      customer: { id: "the customer", nickname: "家族" },
      author: "สมชาย",
      customAttributes: { ...OWN, lineGroupName: "家族", linePictureUrl: PICTURE },
      asked: [{ groupId: "C1" }, { groupId: "C1", memberId: "U1" }],
    });
  });

  it("is a room, of which LINE tells nothing but its members", async () => {
    const room = { type: "room", roomId: "R1", userId: "U1" };
    expect(await named(room, ALL)).toEqual({
      customer: { id: "the customer", nickname: undefined },
      author: "สมชาย",
      customAttributes: OWN,
      asked: [{ roomId: "R1", memberId: "U1" }],
    });
  });

  it("is an unnamed member where LINE does not say who", async () => {
    const room = { type: "room", roomId: "R1" };
    expect(await named(room)).toMatchObject({ author: "Unnamed member", asked: [] });
  });
});
