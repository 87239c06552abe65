import { decodeButton } from "../../../../../lambdas/shared/genesys/button-data.ts";
import { MESSAGE_ID, readable, rendered, taps } from "../render.ts";

const datePickerOf = (datePicker: unknown) => ({ contentType: "DatePicker", datePicker });
const title = "ご希望の日時";

describe("a date picker", () => {
  it("opens LINE's own date picker", () => {
    const subtitle = "店舗でお待ちしています";
    const messages = rendered(datePickerOf({ title, subtitle }));
    expect(messages).toMatchObject([
      { type: "template", template: { type: "buttons", title, text: subtitle } },
    ]);
    const [tap] = taps(messages);
    expect(tap).toEqual({
      type: "datetimepicker",
      label: "Choose date and time",
      data: expect.any(String),
      mode: "datetime",
    });
    expect(decodeButton(String(tap?.data))).toEqual({
      kind: "button",
      button: { type: "DatePicker", originatingMessageId: MESSAGE_ID, text: "", payload: "" },
    });
  });

  it.each([
    ["2026-12-01T01:00:00Z", "2026-12-31T01:00:00.000Z", "2026-12-01T10:00", "2026-12-31T10:00"],
    ["2026-11-30T20:00:00-05:00", "", "2026-12-01T10:00", undefined],
    ["2026-12-01", "2026-12-01", "2026-12-01T00:00", "2026-12-01T23:59"],
    ["2026-12-01T09:30", "2026-12-01T09:30:15", undefined, undefined],
    ["2026-12-31T00:00Z", "2026-12-01T00:00Z", undefined, undefined],
    ["tomorrow", "2026-02-31", undefined, undefined],
    ["1899-12-31T00:00Z", "2101-01-01T00:00Z", undefined, undefined],
    [20261201, null, undefined, undefined],
  ])("uses %s and %s as limits if LINE accepts them", (dateMinimum, dateMaximum, min, max) => {
    const [tap] = taps(rendered(datePickerOf({ title, dateMinimum, dateMaximum })));
    expect({ min: tap?.min, max: tap?.max }).toEqual({ min, max });
  });

  const times = (...dateTimes: unknown[]) => ({
    title,
    availableTimes: dateTimes.map((dateTime) => ({ dateTime, duration: 1800 })),
  });

  it.each([
    ["Asia/Bangkok", "2026-12-01T03:00:00Z", "2026-12-01 10:00"],
    ["Asia/Taipei", "2026-12-01T16:30:00.000Z", "2026-12-02 00:30"],
    ["UTC", "2026-12-01T03:00:00Z", "2026-12-01 03:00 UTC"],
    ["Asia/Tokyo", "2026-12-01T10:00+0900", "2026-12-01 10:00"],
    ["Asia/Tokyo", "2026-12-01T10:00", "2026-12-01 10:00"],
    ["Asia/Tokyo", "2026-12-01", "2026-12-01"],
    ["Asia/Tokyo", "明日の朝", "明日の朝"],
  ])("shows a time as it is in %s: %s", (timeZone, dateTime, label) => {
    const messages = rendered(datePickerOf(times(dateTime)), { timeZone });
    expect(messages).toMatchObject([{ type: "template" }]);
    const [tap] = taps(messages);
    expect(tap).toMatchObject({ label, displayText: label });
    expect(decodeButton(String(tap?.data))).toMatchObject({
      button: { type: "DatePicker", text: label, payload: dateTime },
    });
  });

  it("has a button for each of 40 times", () => {
    const dateTimes = Array.from(
      { length: 40 },
      (_, n) => `2026-12-${10 + (n % 20)}T0${n % 9}:00Z`,
    );
    expect(taps(rendered(datePickerOf(times(...dateTimes))))).toHaveLength(40);
  });

  it("leaves out times that cannot be read", () => {
    expect(taps(rendered(datePickerOf(times(7, null, "", "2026-12-01T03:00:00Z"))))).toHaveLength(
      1,
    );
  });

  it("says where the place is", () => {
    const location = { text: "สยามพารากอน", address: "991 ถนนพระราม 1" };
    expect(readable(rendered(datePickerOf({ title, location })))).toContain(
      "สยามพารากอน\n991 ถนนพระราม 1",
    );
  });
});
