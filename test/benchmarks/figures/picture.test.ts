import { comparedTo, counted, type Figure } from "./figure.ts";
import { UsageError } from "./options.ts";
import { drawPicture } from "./picture.ts";

const floor = counted("start", "a floor", "ms", 100);
const cpu = (name: string, ms: number) => counted("cpu", name, "ms", ms);
const figures: Figure[] = [
  counted(
    "load",
    "50 a second for 20 s, CPU of all processes, emulators included, a message",
    "s",
    0.04,
  ),
  cpu("worker, CPU for a message in a batch of 1", 20),
  cpu("worker, CPU for a message in a batch of 10", 10),
  cpu("inbound, a message of 1 event", 1.25),
  cpu("inbound, a message of 10 events", 0.16),
  comparedTo(counted("bytes", "inbound", "kB", 89), floor),
  comparedTo(counted("start", "inbound, to the first answer", "ms", 110), floor),
  comparedTo(cpu("inbound, a webhook of 1 event", 96), floor),
  comparedTo(cpu("inbound, a webhook of 10 events", 104), floor),
  comparedTo(counted("batch", "worker, a batch of 10, each answer after 50 ms", "ms", 125), floor),
];

it("shows how many messages a second each part carries, beside what Genesys Cloud admits", () => {
  expect(valuesOf(drawPicture(figures))).toEqual([
    "5/s",
    "25/s, 5 ×",
    "50/s, 10 ×",
    "100/s, 20 ×",
    "800/s, 160 ×",
    "6250/s, 1250 ×",
    "0.89 ×",
    "1.10 ×",
    "0.96 ×",
    "1.04 ×",
    "1.25 ×",
  ]);
});

it("has colours for a dark page, too", () => {
  expect(drawPicture(figures)).toContain("@media (prefers-color-scheme: dark)");
});

it("is not drawn where a figure is missing", () => {
  expect(() => drawPicture(figures.slice(1))).toThrow(UsageError);
});

function valuesOf(svg: string): string[] {
  return [...svg.matchAll(/class="value"[^>]*>([^<]*)</g)].map(([, text = ""]) => text);
}
