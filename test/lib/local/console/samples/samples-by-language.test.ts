import { LANGUAGES, type Language } from "../../../../../lambdas/shared/contract/languages.ts";
import { outboundMessageSchema } from "../../../../../lambdas/shared/genesys/outbound-message.ts";
import { BOT_MESSAGE_NAMES } from "../../../../../lib/local/console/samples/samples.ts";
import { SAMPLES_BY_LANGUAGE } from "../../../../../lib/local/console/samples/samples-by-language.ts";
import {
  type OutboundMessage,
  outboundBody,
} from "../../../../../lib/local/simulators/genesys/outbound.ts";
import { lineContent } from "../../../../../lib/local/simulators/line/webhook-events.ts";
import { readTemplateFolder } from "../../../../../lib/templates/read-template-folder.ts";
import { readable, renderMessage } from "../../../../lambdas/outbound/translate/render.ts";
import { RETAIL, USER } from "../../simulators/genesys/retail-integration.ts";

/** Scripts that a language does not write. Japanese and Chinese share a part of theirs. */
const FOREIGN: Record<Language, RegExp> = {
  en: /[\p{Script=Thai}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
  ja: /\p{Script=Thai}/u,
  th: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
  "zh-TW": /[\p{Script=Thai}\p{Script=Hiragana}\p{Script=Katakana}]/u,
};

/** Letters that only this language of the four writes, or all of them write. */
const OWN: Record<Language, RegExp> = {
  en: /[a-z]/i,
  ja: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
  th: /\p{Script=Thai}/u,
  "zh-TW": /\p{Script=Han}/u,
};

/** Encodings that hold what people of the language write, and no simplified Chinese. */
const ENCODINGS: Partial<Record<Language, string>> = { ja: "shift_jis", "zh-TW": "big5" };

const { templates } = readTemplateFolder("lib/templates/thailand");

const each = LANGUAGES.map((language) => [language, SAMPLES_BY_LANGUAGE[language]] as const);

function asLineShows(language: Language, message: OutboundMessage): string[] {
  const filled = {
    integration: RETAIL,
    toId: USER,
    id: "c327c2078ca056db130c55ce648d9fa2",
    conversationId: "11111111-2222-4333-8444-555555555555",
    time: "2026-11-23T00:00:00.000Z",
  };
  const body: unknown = JSON.parse(JSON.stringify(outboundBody(message, filled)));
  const rendering = renderMessage(outboundMessageSchema.parse(body), { language, templates });
  expect(rendering.pushes.length).toBeGreaterThan(0);
  return readable(rendering.pushes);
}

const byMessage = each.flatMap(([language, { botMessages }]) =>
  BOT_MESSAGE_NAMES.map((name) => [language, name, botMessages[name]] as const),
);

it.each(byMessage)("in %s, LINE takes what a bot sends: %s", (language, _, message) => {
  const shown = asLineShows(language, message);
  expect(shown.filter((text) => OWN[language].test(text))).not.toEqual([]);
  for (const text of shown) expect(text).not.toMatch(FOREIGN[language]);
});

it.each(each)(
  "in %s, LINE takes each canned response as it is, and asks with one tap",
  (language, samples) => {
    expect(samples.cannedResponses.length).toBeGreaterThan(4);
    for (const { text } of samples.cannedResponses) {
      if (text.includes("[LINE TEMPLATE: ")) continue;
      const [said = "", asked] = text.split(" [LINE ASK: ");
      const shown = asLineShows(language, { type: "Text", text });
      expect(shown).toEqual(asked === undefined ? [text] : [said, expect.any(String)]);
    }
  },
);

it("sends the templates of the Thai brands by canned responses, and each of them", () => {
  const responses = SAMPLES_BY_LANGUAGE.th.cannedResponses.filter(({ text }) =>
    text.includes("[LINE TEMPLATE: "),
  );
  const shown = responses.flatMap(({ text }) => asLineShows("th", { type: "Text", text }));
  for (const text of ["แนะนำสาขานี้ค่ะ", "สาขาสยามพารากอน", "เปิดแผนที่", "TH-1024"]) {
    expect(shown).toContain(text);
  }
  expect(shown.join()).not.toMatch(/\{\{|\[LINE/);
  expect(Object.keys(templates)).toHaveLength(responses.length);
});

it.each(each)("in %s, customers send what LINE knows", (_, { sticker, location }) => {
  expect(lineContent.parse(sticker)).toMatchObject(sticker);
  expect(lineContent.parse(location)).toMatchObject(location);
});

it.each(each)("in %s, people write their own language", (language, samples) => {
  const { customers, sticker, location, cannedResponses } = samples;
  expect(new Set(customers).size).toBe(customers.length);
  const texts = [
    ...customers,
    ...sticker.keywords,
    location.title,
    location.address,
    ...cannedResponses.flatMap(({ title, text }) => [title, text]),
  ];
  for (const text of texts) {
    expect(text).toMatch(OWN[language]);
    expect(text).not.toMatch(FOREIGN[language]);
  }
});

it.each(Object.entries(ENCODINGS))("in %s, each ideograph is one of %s", (language, encoding) => {
  const known = doubleByteCharacters(encoding);
  const text = JSON.stringify(
    Object.entries(SAMPLES_BY_LANGUAGE).filter(([key]) => key === language),
  );
  const unknown = [...new Set(text.match(/\p{Script=Han}/gu))].filter((one) => !known.has(one));
  expect(unknown).toEqual([]);
});

it("knows the ideographs of each encoding", () => {
  expect(doubleByteCharacters("big5").has("貨")).toBe(true);
  expect(doubleByteCharacters("big5").has("货")).toBe(false);
  expect(doubleByteCharacters("shift_jis").has("货")).toBe(false);
});

function doubleByteCharacters(encoding: string): Set<string> {
  const decoder = new TextDecoder(encoding);
  const known = new Set<string>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      known.add(decoder.decode(Uint8Array.of(lead, trail)));
    }
  }
  return known;
}
