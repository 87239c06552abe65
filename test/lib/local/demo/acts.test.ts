import { agentActOf, customerActOf } from "../../../../lib/local/demo/acts.ts";
import { SAMPLES } from "../../../../lib/local/demo/samples.ts";
import {
  type PhoneLine,
  readDesktopLine,
  readPhoneLine,
  tapsOf,
  urlsIn,
} from "../../../../lib/local/demo/seen-lines.ts";

const reserve = { type: "postback", label: "保留", data: "d-1", displayText: "保留" };
const look = { type: "uri", label: "商品頁", uri: "https://shop.example/coat" };
const day = { type: "datetimepicker", label: "日時", data: "d-2", mode: "datetime" };

const card: PhoneLine = {
  id: "1",
  from: "account",
  text: "羊毛外套",
  message: {
    type: "template",
    altText: "羊毛外套",
    template: { type: "buttons", text: "M 號", actions: [reserve, look] },
  },
};
const question: PhoneLine = {
  id: "2",
  from: "account",
  text: "いつ？",
  message: {
    type: "flex",
    altText: "いつ？",
    contents: { type: "bubble", footer: { contents: [{ type: "button", action: day }] } },
  },
};
const own: PhoneLine = {
  id: "3",
  from: "customer",
  text: "Hello",
  message: { type: "text", text: "Hello", markAsReadToken: "t" },
};
const tapped: PhoneLine = {
  id: "4",
  from: "customer",
  text: "保留",
  message: { type: "text", text: "保留" },
};
const lines = [card, question, own, tapped];

describe("what a customer does", () => {
  it("taps the newest button with the label", () => {
    const newer = { ...reserve, data: "d-9" };
    const again = { ...card, id: "5", message: { type: "text", quickReply: { items: [newer] } } };
    expect(customerActOf({ taps: "保留" }, lines)).toEqual({
      tap: { data: "d-1", displayText: "保留" },
    });
    expect(customerActOf({ taps: "保留" }, [...lines, again])).toMatchObject({
      tap: { data: "d-9" },
    });
  });

  it("picks a date", () => {
    expect(customerActOf({ picks: "2026-12-01T10:00" }, lines)).toEqual({
      tap: { data: "d-2", params: { datetime: "2026-12-01T10:00" } },
    });
  });

  it("cannot tap what is not there or only opens a page", () => {
    expect(() => customerActOf({ taps: "買圍巾" }, lines)).toThrow("no button 買圍巾");
    expect(() => customerActOf({ picks: "2026-12-01T10:00" }, [card])).toThrow("no date picker");
    expect(() => customerActOf({ taps: "商品頁" }, lines)).toThrow("only opens a page");
  });

  it("takes the newest own message back, not the words of a tap", () => {
    expect(customerActOf({ unsends: true }, lines)).toEqual({ unsend: "3" });
  });

  it("quotes the account's newest message", () => {
    const content = { type: "text" as const, text: "はい" };
    expect(customerActOf({ content, quotes: true }, lines)).toEqual({
      content: { ...content, quotedMessageId: "2" },
    });
    expect(customerActOf({ content }, lines)).toEqual({ content });
  });

  it.each([
    ["voiceNote", { type: "audio", duration: 2_000 }, "audio/x-m4a"],
    ["order", { type: "file", fileName: "order.pdf" }, "application/pdf"],
    ["photo", { type: "image" }, "image/jpeg"],
  ] as const)("sends %s", (name, content, contentType) => {
    const base64 = SAMPLES[name].bytes.toString("base64");
    expect(customerActOf({ sample: SAMPLES[name] }, [])).toEqual({
      content,
      media: { contentType, base64 },
    });
  });
});

it("turns what an agent sends into what the console takes", () => {
  expect(agentActOf({ text: "สวัสดี" })).toEqual({ text: "สวัสดี" });
  expect(agentActOf({ message: { type: "Event" } })).toEqual({ message: { type: "Event" } });
  expect(agentActOf({ sample: SAMPLES.order })).toEqual({
    files: [
      {
        filename: "order.pdf",
        mime: "application/pdf",
        base64: SAMPLES.order.bytes.toString("base64"),
      },
    ],
  });
});

describe("what is seen", () => {
  it("on a phone, with all that can be tapped", () => {
    expect(lines.map(readPhoneLine)).toEqual([
      "羊毛外套 [保留] [商品頁]",
      "いつ？ [日時]",
      "Hello",
      "保留",
    ]);
    expect(tapsOf(card.message)).toHaveLength(2);
    expect(urlsIn(card.message)).toEqual(["https://shop.example/coat"]);
  });

  it.each([
    [{ text: "สวัสดี" }, "สวัสดี"],
    [
      { text: "M", buttonResponse: { type: "QuickReply", payload: "size-m" } },
      "[QuickReply size-m] M",
    ],
    [
      {
        text: "",
        attachments: [{ mediaType: "Image", url: "https://m.example/a", filename: "a.jpg" }],
      },
      "[Image a.jpg]",
    ],
  ])("on a desktop: %j", (line, shown) => {
    expect(readDesktopLine({ direction: "Inbound", attachments: [], ...line })).toBe(shown);
  });
});
