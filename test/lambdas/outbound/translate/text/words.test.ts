import { WORDS } from "../../../../../lambdas/outbound/translate/text/words.ts";
import { LANGUAGES } from "../../../../../lambdas/shared/contract/languages.ts";
import { isShort } from "../../../../../lambdas/shared/text/shorten.ts";
import { readable, render, rendered } from "../render.ts";

/** Every word or sentence of a language. */
const phrases = (language: (typeof LANGUAGES)[number]) => {
  const { notShown, askLabels, askPrompts, ...plain } = WORDS[language];
  return {
    ...plain,
    notShown: notShown("Reactions"),
    labelOfLocation: askLabels.location,
    labelOfCamera: askLabels.camera,
    labelOfCameraRoll: askLabels.cameraRoll,
    promptOfLocation: askPrompts.location,
    promptOfCamera: askPrompts.camera,
    promptOfCameraRoll: askPrompts.cameraRoll,
  };
};

describe.each(LANGUAGES)("in %s", (language) => {
  it.each([
    ["open", 20],
    ["video", 20],
    ["chooseDateAndTime", 20],
    ["file", 40],
    ["location", 40],
    ["content", 40],
    ["notShown", 160],
    ["leftOut", 160],
    ["labelOfLocation", 20],
    ["labelOfCamera", 20],
    ["labelOfCameraRoll", 20],
    ["promptOfLocation", 160],
    ["promptOfCamera", 160],
    ["promptOfCameraRoll", 160],
  ] as const)("%s is not empty and has at most %d graphemes", (name, max) => {
    const phrase = phrases(language)[name];
    expect(phrase.trim()).not.toBe("");
    expect(isShort(phrase, max)).toBe(true);
    expect(phrase.normalize("NFC")).toBe(phrase);
  });

  it("a date picker stays LINE's own template", () => {
    const datePicker = { title: "ご希望の日時", subtitle: "店舗" };
    expect(rendered({ contentType: "DatePicker", datePicker }, { language })).toMatchObject([
      {
        type: "template",
        template: { actions: [{ label: WORDS[language].chooseDateAndTime }] },
      },
    ]);
  });

  it("names what cannot be shown", () => {
    const content = { contentType: "Reactions", reactions: [] };
    expect(readable(rendered(content, { language }))).toEqual([phrases(language).notShown]);
    expect(phrases(language).notShown).toContain("Reactions");
  });

  it("says that the rest was left out", () => {
    const content = Array.from({ length: 40 }, (_, n) => ({
      contentType: "Text",
      text: { body: `${n}` },
    }));
    const [last] = render({ content }, { language }).pushes.flat().slice(-1);
    expect(last).toEqual({ type: "text", text: WORDS[language].leftOut });
  });
});

it.each(LANGUAGES.filter((language) => language !== "en"))(
  "%s has no English words",
  (language) => {
    const english = new Set(Object.values(phrases("en")));
    expect(Object.values(phrases(language)).filter((phrase) => english.has(phrase))).toEqual([]);
  },
);

it.each([
  ["en", "Open", "▶ Video", "Choose date and time", "File", "Location"],
  ["ja", "開く", "▶ 動画", "日時を選択", "ファイル", "位置情報"],
  ["th", "เปิด", "▶ วิดีโอ", "เลือกวันและเวลา", "ไฟล์", "ตำแหน่งที่ตั้ง"],
  ["zh-TW", "開啟", "▶ 影片", "選擇日期與時間", "檔案", "位置資訊"],
] as const)("customers read %s", (language, open, video, choose, file, location) => {
  const url = "https://m.example/1";
  const hosted = { kind: "file", url, fileName: " ", bytes: 1_200_000 } as const;
  const attachment = { mediaType: "File", url };
  const link = { type: "Link", text: "", url };
  const content = [
    { contentType: "Attachment", attachment },
    { contentType: "DatePicker", datePicker: { title: "1" } },
    { contentType: "Card", card: { title: "2", video: url, actions: [link] } },
    { contentType: "Location", location: { latitude: 13.75, longitude: 100.5 } },
    { contentType: "Text", text: { body: "https://www.google.com/maps/@13.75,100.5,17z" } },
  ];
  const attachments = new Map([[0, hosted]]);
  const { pushes } = render({ content }, { attachments, language, mapsLinks: "location" });
  expect(readable(pushes)).toEqual([
    ...[file, "1.2 MB", open],
    ...["1", choose],
    ...["2", open, video],
    ...[location, "13.75, 100.5"],
    ...[location, "13.75, 100.5"],
  ]);
});
