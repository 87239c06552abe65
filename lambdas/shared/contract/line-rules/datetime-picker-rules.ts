import type * as z from "zod";

interface Picker {
  mode: "date" | "time" | "datetime";
  initial?: string | undefined;
  max?: string | undefined;
  min?: string | undefined;
}

/** LINE Messaging API reference, Datetime picker action, Date and time format. */
const FORMATS = {
  date: { form: /^\d{4}-\d\d-\d\d$/, first: "1900-01-01", last: "2100-12-31" },
  time: { form: /^\d\d:\d\d$/, first: "00:00", last: "23:59" },
  datetime: {
    form: /^\d{4}-\d\d-\d\dT\d\d:\d\d$/,
    first: "1900-01-01T00:00",
    last: "2100-12-31T23:59",
  },
};

/** `initial`, `max` and `min` have the mode's form, and `min` is before `max`. */
export function checkPicker(picker: Picker, context: z.RefinementCtx): void {
  for (const property of ["initial", "max", "min"] as const) {
    const value = picker[property];
    if (value !== undefined && !isOfMode(picker.mode, value)) {
      context.addIssue({ code: "custom", path: [property], message: "invalid property" });
    }
  }
  const { min, max } = picker;
  // They have the same form, so they can be compared as texts.
  if (min !== undefined && max !== undefined && min.toUpperCase() >= max.toUpperCase()) {
    context.addIssue({ code: "custom", path: ["min"], message: "must be less than max" });
  }
}

function isOfMode(mode: Picker["mode"], value: string): boolean {
  const { form, first, last } = FORMATS[mode];
  const written = value.toUpperCase();
  return form.test(written) && first <= written && written <= last && exists(mode, written);
}

/** False for 30 February or 24:60. */
function exists(mode: Picker["mode"], written: string): boolean {
  const moment = mode === "time" ? `2000-01-01T${written}` : written;
  const date = new Date(`${moment}${mode === "date" ? "T00:00" : ""}Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(moment);
}
