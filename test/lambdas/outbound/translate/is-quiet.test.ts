import fc from "fast-check";
import { isQuiet } from "../../../../lambdas/outbound/translate/is-quiet.ts";

const at = (time: string | undefined) => ({ channel: { to: { id: "U1" }, time } });
const night = { quietHours: { from: "21:30", to: "08:00" } };
const noon = { quietHours: { from: "12:00", to: "13:00" } };

describe("quiet hours", () => {
  it.each([
    ["2026-12-01T14:29:59.999Z", night, "Asia/Bangkok", false],
    ["2026-12-01T14:30:00.000Z", night, "Asia/Bangkok", true],
    ["2026-12-01T17:00:00Z", night, "Asia/Bangkok", true],
    ["2026-12-02T00:59:59Z", night, "Asia/Bangkok", true],
    ["2026-12-02T01:00:00Z", night, "Asia/Bangkok", false],
    ["2026-12-02T08:00:00+07:00", night, "Asia/Bangkok", false],
    ["2026-12-01T22:59:59Z", night, "Asia/Tokyo", true],
    ["2026-12-01T23:00:00Z", night, "Asia/Tokyo", false],
    ["2026-12-01T12:00:00Z", noon, "UTC", true],
    ["2026-12-01T13:00:00Z", noon, "UTC", false],
    ["2026-12-01T12:30:00Z", { quietHours: null }, "UTC", false],
  ])("at %s", (time, settings, timeZone, quiet) => {
    expect(isQuiet(at(time), settings, timeZone)).toBe(quiet);
  });

  it.each([undefined, "", "tomorrow", "2026-13-01T12:30:00Z"])(
    "are none for a message that does not tell its time: %s",
    (time) => {
      expect(isQuiet(at(time), noon, "UTC")).toBe(false);
    },
  );

  it("and the rest of the day make a whole day", () => {
    const clock = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map((parts) => parts.map((part) => String(part).padStart(2, "0")).join(":"));
    fc.assert(
      fc.property(clock, clock, clock, (from, to, time) => {
        fc.pre(from !== to);
        const message = at(`2026-12-01T${time}:00Z`);
        const inside = isQuiet(message, { quietHours: { from, to } }, "UTC");
        const outside = isQuiet(message, { quietHours: { from: to, to: from } }, "UTC");
        expect(inside).toBe(!outside);
      }),
    );
  });
});
