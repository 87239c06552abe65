/** The time of day beside a bubble, for example 17:05. */
export function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

/** The day above the first message of it: `Today`, `Yesterday` or for example `Mon 30 November`. */
export function dayText(at: number, now: number): string {
  const day = new Date(at);
  const today = new Date(now);
  if (isSameDay(day, today)) return "Today";
  today.setDate(today.getDate() - 1);
  if (isSameDay(day, today)) return "Yesterday";
  return day.toLocaleDateString("en-GB", { weekday: "short", day: "numeric", month: "long" });
}

/** Whether a message is the first one of its day here. */
export function beginsDay(at: number, before: number | undefined): boolean {
  return before === undefined || !isSameDay(new Date(at), new Date(before));
}

function isSameDay(one: Date, other: Date): boolean {
  return one.toDateString() === other.toDateString();
}
