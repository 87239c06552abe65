import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { brandSettingsSchema } from "../../../../lambdas/shared/contract/brand-settings.ts";
import { readSettings } from "../../../../lambdas/shared/function/settings-file.ts";
import { MANY_ATTRIBUTES } from "../../../many-attributes.ts";

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "line-genesys-settings-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** Reads the settings as a bundle in the folder does; `content` is what the file there holds. */
async function read(content?: string) {
  if (content !== undefined) await writeFile(join(directory, "settings.json"), content);
  return readSettings(pathToFileURL(join(directory, "index.mjs")).href);
}

const defaults = brandSettingsSchema.parse({ customAttributes: {} });
const retail = {
  endpoint: "legacy",
  receipts: "all",
  stickers: "image",
  groups: "bridge",
  notes: ["follow", "unsend"],
  attributes: ["lineLanguage"],
  quotes: "text",
  markAsRead: true,
  mapsLinks: "location",
  choicesInText: true,
  sender: { bot: { name: "ผู้ช่วย" } },
  quietHours: { from: "21:30", to: "08:00" },
  reply: "push",
  replyUnclear: "push",
  templates: {
    ทักทาย: {
      messages: [{ type: "text", text: "{{name}}", quickReply: { items: [1, { a: [] }] } }],
    },
  },
  customAttributes: { market: "Thailand", brand: "ร้านค้า" },
};

describe("settings.json beside a bundle", () => {
  it("holds the settings of each brand, with defaults for what it does not say", async () => {
    const text = JSON.stringify({ "retail-thai": retail, "travel-thai": { customAttributes: {} } });
    expect([...(await read(text))]).toEqual([
      ["retail-thai", retail],
      ["travel-thai", defaults],
    ]);
  });

  it("holds 24 brands, each with 15 custom attributes of 100 Thai letters, byte for byte", async () => {
    const brands = Array.from({ length: 24 }, (_, n) => [
      `b${n}`,
      { ...retail, customAttributes: MANY_ATTRIBUTES },
    ]);
    const text = JSON.stringify(Object.fromEntries(brands));
    expect(JSON.stringify(Object.fromEntries(await read(text)))).toBe(text);
  });

  it("may hold more than this version knows: a newer one has written it before a rollback", async () => {
    const newer = { ...retail, voice: "text", late: { media: { afterSeconds: 60 } } };
    expect((await read(JSON.stringify({ "retail-thai": newer }))).get("retail-thai")).toEqual(
      retail,
    );
  });

  it("is named with its fix where it is missing", async () => {
    await expect(read()).rejects.toThrow(
      "settings.json is not usable; deploy the stack again: it cannot be read",
    );
  });

  it.each([
    ["is cut off", `{"retail-thai":{"customAttributes":{"note":"geheim`],
    ["is no JSON", "geheim"],
    ["is empty", ""],
  ])("is not quoted where it %s", async (_, text) => {
    const reading = read(text);
    await expect(reading).rejects.toThrow(
      "settings.json is not usable; deploy the stack again: it is not valid JSON",
    );
    await reading.catch((error: Error) => {
      expect(`${error.stack}`).not.toContain("geheim");
      expect(error.cause).toBeUndefined();
    });
  });

  it.each([
    ["endpoint", { endpoint: "geheim" }],
    ["notes", { notes: "geheim" }],
    ["markAsRead", { markAsRead: "geheim" }],
    ["templates.a.messages", { templates: { a: { messages: [] } } }],
    ["customAttributes", { customAttributes: undefined }],
    ["customAttributes.note", { customAttributes: { note: { a: "geheim" } } }],
  ])("names a faulty field and the fix, never a value: %s", async (field, fault) => {
    const reading = read(JSON.stringify({ "retail-thai": { ...retail, ...fault } }));
    await expect(reading).rejects.toThrow(
      `settings.json is not usable; deploy the stack again: retail-thai.${field}: `,
    );
    await expect(reading).rejects.not.toThrow("geheim");
  });

  it.each(["[]", "null", '"geheim"', '{"retail-thai":"geheim"}'])(
    "is refused where it holds no brands: %s",
    async (text) => {
      const reading = read(text);
      await expect(reading).rejects.toThrow("settings.json is not usable; deploy the stack again:");
      await expect(reading).rejects.not.toThrow("geheim");
    },
  );
});
