import { type Button, encodeButton } from "../../../../lambdas/shared/genesys/button-data.ts";
import { translateLineEvent } from "../../../../lambdas/worker/translate/line-event.ts";
import { defaults, EVENT_ID, eventOf } from "./example-event.ts";

const translate = (data: string, params?: object) =>
  translateLineEvent(eventOf("postback", { postback: { data, params } }), defaults);
const button = (type: Button["type"], text: string, payload: string): Button => ({
  type,
  originatingMessageId: "c327c2078ca056db130c55ce648d9fa2",
  text,
  payload,
});
const tap = (tapped: Button, params?: object) => translate(encodeButton(tapped, 3).data, params);

describe("taps on buttons of structured messages", () => {
  it.each([
    button("QuickReply", "ใช่ค่ะ", "yes"),
    button("Button", "選擇 A 方案", '{"plan":"A"}'),
    button("Button", "👨‍👩‍👧‍👦", "family"),
    button("QuickReply", "نعم", "yes"),
    button("DatePicker", "12月1日 10:00", "2026-12-01T10:00:00.000Z"),
  ])("carry the button %j", (tapped) => {
    expect(tap(tapped)).toEqual({
      messageId: EVENT_ID,
      customer: "U4af4980629",
      text: tapped.text,
      button: { kind: "button", button: tapped },
    });
  });

  it("never say nothing", () => {
    expect(tap(button("Button", "", "yes"))?.text).toBe("yes");
    expect(tap(button("Button", "", ""))?.text).toBe("[LINE BUTTON: no text]");
  });

  it.each([
    [{ datetime: "2026-12-01T10:00" }, "2026-12-01 10:00", "2026-12-01T10:00"],
    [{ date: "2026-12-01" }, "2026-12-01", "2026-12-01"],
    [{ time: "10:00" }, "10:00", "10:00"],
  ])("carry the picked %j", (params, text, payload) => {
    const answer = button("DatePicker", text, payload);
    expect(tap(button("DatePicker", "", ""), params)).toMatchObject({
      text,
      button: { kind: "button", button: answer },
    });
  });

  it("refer to a button that was too long for LINE, with a text in case it has expired", () => {
    expect(tap(button("Button", "長い", "x".repeat(300)))).toMatchObject({
      text: "[LINE BUTTON: expired]",
      button: {
        kind: "reference",
        originatingMessageId: "c327c2078ca056db130c55ce648d9fa2",
        index: 3,
      },
    });
  });
});

describe("postbacks of other systems", () => {
  it.each([
    ["action=buy&itemid=111", "action: buy, itemid: 111"],
    ["a=%E6%B3%A8%E6%96%87&b=x+y&c=", "a: 注文, b: x y, c:"],
    ["操作=購入", "操作: 購入"],
    ["a=%E0%A4%A", "a: \uFFFD%A"],
    [
      '{"action":"จอง","count":2,"vip":true,"note":null}',
      "action: จอง, count: 2, vip: true, note: null",
    ],
    ['{"id":12345678901234567890}', '{"id":12345678901234567890}'],
    ['{"a":{"b":1}}', '{"a":{"b":1}}'],
    ["[1,2]", "[1,2]"],
    ["{}", "{}"],
    ["dGVzdA==", "dGVzdA=="],
    ["dGVzdDE=", "dGVzdDE="],
    ["https://shop.example/?a=b", "https://shop.example/?a=b"],
    ["メニュー\n一覧", "メニュー 一覧"],
    ["ابدأ", "ابدأ"],
    ['["gc","X","id","text","payload"]', '["gc","X","id","text","payload"]'],
    ["[".repeat(100_000), `${"[".repeat(299)}…`],
    ["👨‍👩‍👧‍👦".repeat(100), `${"👨‍👩‍👧‍👦".repeat(27)}…`],
  ])("show %j", (data, shown) => {
    const text = translate(data)?.text;
    expect(text).toBe(`[LINE POSTBACK: ${shown}]`);
    expect(text?.length).toBeLessThanOrEqual("[LINE POSTBACK: ]".length + 300);
    expect(translate(data)).not.toHaveProperty("button");
  });

  it("show what was picked", () => {
    expect(translate("action=book", { datetime: "2026-12-01T10:00" })?.text).toBe(
      "[LINE POSTBACK: action: book - 2026-12-01 10:00]",
    );
    expect(translate("", { date: "2026-12-01" })?.text).toBe("[LINE POSTBACK: 2026-12-01]");
    expect(translate("")?.text).toBe("[LINE POSTBACK]");
  });

  it.each([
    { newRichMenuAliasId: "richmenu-alias-b", status: "SUCCESS" },
    { status: "RICHMENU_ALIAS_ID_NOTFOUND" },
  ])("are only counted if they switch the rich menu: %j", (params) => {
    expect(translate("richmenu-changed-to-b", params)).toBeUndefined();
  });
});
