import { transcriptEntries } from "../../../../../../lib/local/console/page/desktop/transcript-entries.ts";
import { deskMessage } from "./desk-message.ts";

const shown = (...messages: Parameters<typeof deskMessage>[0][]) =>
  transcriptEntries(messages.map((change) => deskMessage(change))).map((entry) =>
    entry.kind === "message" ? entry.message.id : entry.text,
  );
const at = (text: string) => Date.parse(text);

it("separates days and conversations", () => {
  expect(
    shown(
      { id: "1", at: at("2026-11-30T08:00:00") },
      { id: "2", at: at("2026-11-30T23:59:59.999") },
      { id: "3", at: at("2026-12-01T00:00:00") },
      { id: "4", at: at("2026-12-01T09:00:00"), conversationId: "d" },
      { id: "5", at: at("2026-12-05T09:00:00"), conversationId: "e" },
    ),
  ).toEqual([
    "Monday, 30 November 2026",
    "1",
    "2",
    "Tuesday, 1 December 2026",
    "3",
    "A new conversation began",
    "4",
    "Saturday, 5 December 2026",
    "A new conversation began",
    "5",
  ]);
});

it("separates nothing where there is nothing", () => expect(shown()).toEqual([]));
