import { styleText } from "node:util";
import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";
import * as z from "zod";
import type { Played } from "./play.ts";
import type { Sample } from "./samples.ts";
import type { AgentSends, CustomerDoes } from "./script.ts";

const WIDTH = 46;

/** The heading of the transcript's two columns. */
export function transcriptHead(market: string, brand: string): string {
  return [
    "",
    `${market} · ${brand}`,
    `${pad("LINE: the customer's phone")} │ Genesys Cloud: the agent's desktop`,
    `${"─".repeat(WIDTH)}─┼─${"─".repeat(WIDTH)}`,
  ].join("\n");
}

/** One played line: what was sent on one side, and what arrived on the other. */
export function transcriptLine(played: Played): string {
  const { step, milliseconds, arrived } = played;
  const isCustomer = step.by === "customer";
  const sent = isCustomer ? doneText(step.does) : sentText(step.sends);
  const seen = step.shown === "typing" && milliseconds !== undefined ? "● ● ●" : arrived.join("\n");
  const phone = wrap(isCustomer ? `${step.customer}: ${sent}` : seen);
  const desktop = wrap(isCustomer ? seen && `${step.customer}: ${seen}` : `agent: ${sent}`);
  const rows = Array.from({ length: Math.max(phone.length, desktop.length) }, (_, row) => {
    const arrow = row === 0 ? (isCustomer ? "▶" : "◀") : "│";
    return `${pad(phone[row] ?? "")} ${arrow} ${desktop[row] ?? ""}`.trimEnd();
  });
  return [...rows, `${pad("")} │ ${result(played)}`].join("\n");
}

function result({ milliseconds, arrived, faults }: Played): string {
  if (faults.length > 0) return styleText("red", `✗ ${faults.join(", ")}`);
  if (milliseconds !== undefined) return styleText("dim", `✓ ${milliseconds} ms`);
  return styleText("red", arrived.length === 0 ? "✗ did not arrive" : "✗ something else arrived");
}

function doneText(does: CustomerDoes): string {
  if ("taps" in does) return `(taps ${does.taps})`;
  if ("picks" in does) return `(picks ${does.picks})`;
  if ("unsends" in does) return "(unsends the last message)";
  if ("sample" in does) return fileText(does.sample);
  const { content } = does;
  const quote = does.quotes === true ? "(quotes the last message) " : "";
  if (content.type === "text") return `${quote}${content.text}`;
  if (content.type === "location") return `(location) ${content.title}`;
  if (content.type === "sticker") return `(sticker ${content.packageId}/${content.stickerId})`;
  return `(${content.type})`;
}

function sentText(sends: AgentSends): string {
  if ("message" in sends) {
    if (sends.message.type === "Event") return "(is typing)";
    const types = new Set(contents.parse(sends.message.content).map((one) => one.contentType));
    return [`(bot: ${[...types].join(", ")})`, sends.message.text ?? ""].join(" ").trim();
  }
  return [sends.text ?? "", sends.sample ? fileText(sends.sample) : ""].join(" ").trim();
}

const contents = z.array(z.object({ contentType: z.string() }));

function fileText({ kind, name }: Sample): string {
  return `(${kind} ${name})`;
}

function pad(text: string): string {
  return text + " ".repeat(Math.max(0, WIDTH - stringWidth(text)));
}

function wrap(text: string): string[] {
  return wrapAnsi(text, WIDTH, { hard: true }).split("\n");
}
