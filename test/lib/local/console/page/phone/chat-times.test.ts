import {
  beginsDay,
  clockTime,
  dayText,
} from "../../../../../../lib/local/console/page/phone/chat-times.ts";

const NOW = new Date(2026, 11, 1, 0, 30).getTime();
const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 5).getTime();

it("shows the time of day in hours and minutes", () => {
  expect(clockTime(at(30, 7))).toBe("07:05");
});

it.each([
  [/^Today$/, NOW],
  [/^Yesterday$/, at(30, 0)],
  [/^Yesterday$/, at(30, 23)],
  // The comma depends on the version of Unicode's data.
  [/^Sun,? 29 November$/, at(29, 23)],
])("names the day: %s", (text, time) => expect(dayText(time, NOW)).toMatch(text));

it("separates days, and begins with the first message", () => {
  expect(beginsDay(at(30, 0), undefined)).toBe(true);
  expect(beginsDay(at(30, 0), at(29, 23))).toBe(true);
  expect(beginsDay(at(30, 23), at(30, 0))).toBe(false);
});
