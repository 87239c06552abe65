import { stripVTControlCharacters } from "node:util";
import { TRADITIONAL_CHINESE } from "../../../../lib/local/console/samples/traditional-chinese.ts";
import { TYPING } from "../../../../lib/local/console/samples/typing.ts";
import type { Played } from "../../../../lib/local/demo/play.ts";
import { SAMPLES } from "../../../../lib/local/demo/samples.ts";
import type { AgentSends, CustomerDoes } from "../../../../lib/local/demo/script.ts";
import { transcriptLine } from "../../../../lib/local/demo/transcript.ts";

const outcome = { milliseconds: 12, arrived: ["as seen"], faults: [] };

function rows(played: Played): string[] {
  return stripVTControlCharacters(transcriptLine(played))
    .split("\n")
    .map((row) => row.replace(/ +/g, " ").trim());
}

it.each<[CustomerDoes, string]>([
  [{ content: { type: "text", text: "สวัสดี" } }, "สวัสดี"],
  [{ content: { type: "text", text: "はい" }, quotes: true }, "(quotes the last message) はい"],
  [{ content: { type: "sticker", packageId: "1", stickerId: "2" } }, "(sticker 1/2)"],
  [{ content: { type: "location", title: "สยาม", latitude: 1, longitude: 2 } }, "(location) สยาม"],
  [{ sample: SAMPLES.photo }, "(image photo.jpg)"],
  [{ taps: "保留" }, "(taps 保留)"],
  [{ picks: "2026-12-01" }, "(picks 2026-12-01)"],
  [{ unsends: true }, "(unsends the last message)"],
])("shows what a customer does: %j", (does, sent) => {
  const step = { by: "customer" as const, customer: "さくら", shown: ["x"], does };
  expect(rows({ step, ...outcome })).toEqual([`さくら: ${sent} ▶ さくら: as seen`, "│ ✓ 12 ms"]);
});

it.each<[AgentSends, string]>([
  [{ text: "สวัสดี" }, "สวัสดี"],
  [{ text: "!", sample: SAMPLES.order }, "! (file order.pdf)"],
  [{ message: TYPING }, "(is typing)"],
  [{ message: TRADITIONAL_CHINESE.botMessages.Carousel }, "(bot: Carousel)"],
])("shows what an agent sends: %j", (sends, sent) => {
  const step = { by: "agent" as const, customer: "さくら", shown: ["x"], sends };
  expect(rows({ step, ...outcome })).toEqual([`as seen ◀ agent: ${sent}`, "│ ✓ 12 ms"]);
});

it.each<[string, Partial<Played>, string]>([
  ["is lost", { milliseconds: undefined, arrived: [] }, "✗ did not arrive"],
  ["is changed", { milliseconds: undefined, arrived: ["y"] }, "✗ something else arrived"],
  ["has media that is gone", { faults: ["a URL answers 404"] }, "✗ a URL answers 404"],
  ["cannot be sent", { milliseconds: undefined, faults: ["no button"] }, "✗ no button"],
])("says when a line %s", (_, change, result) => {
  const sends = { text: "x" };
  const step = { by: "agent" as const, customer: "さくら", shown: ["x"], sends };
  expect(rows({ step, ...outcome, ...change }).at(-1)).toBe(`│ ${result}`);
});
