import { styleText } from "node:util";
import stringWidth from "string-width";
import wrapAnsi from "wrap-ansi";
import { type Played, shownText } from "./play.ts";

const WIDTH = 46;

/** Heads the two columns of the transcript. */
export function transcriptHead(market: string, brand: string): string {
  return [
    "",
    `${market} · ${brand}`,
    `${pad("LINE: the customer's phone")} │ Genesys Cloud: the agent's desktop`,
    `${"─".repeat(WIDTH)}─┼─${"─".repeat(WIDTH)}`,
  ].join("\n");
}

/** One played line as both sides see it: what was sent on one side, what arrived on the other. */
export function transcriptLine({ step, milliseconds }: Played): string {
  const isCustomer = step.by === "customer";
  const sent = isCustomer ? sentText(step.content) : step.text;
  const result =
    milliseconds === undefined
      ? styleText("red", "✗ did not arrive")
      : styleText("dim", `✓ ${milliseconds} ms`);
  const arrived = milliseconds === undefined ? "" : shownText(step);
  const phone = wrap(isCustomer ? `${step.customer}: ${sent}` : arrived);
  const desktop = wrap(isCustomer ? arrived && `${step.customer}: ${arrived}` : `agent: ${sent}`);
  const rows = Array.from({ length: Math.max(phone.length, desktop.length) }, (_, row) => {
    const arrow = row === 0 ? (isCustomer ? "▶" : "◀") : "│";
    return `${pad(phone[row] ?? "")} ${arrow} ${desktop[row] ?? ""}`.trimEnd();
  });
  return [...rows, `${pad("")} │ ${result}`].join("\n");
}

function sentText(content: { type: string; [property: string]: unknown }): string {
  if (content.type === "text") return String(content.text);
  if (content.type === "location") return `(location) ${content.title}`;
  return `(${content.type} ${content.packageId}/${content.stickerId})`;
}

function pad(text: string): string {
  return text + " ".repeat(Math.max(0, WIDTH - stringWidth(text)));
}

function wrap(text: string): string[] {
  return wrapAnsi(text, WIDTH, { hard: true }).split("\n");
}
