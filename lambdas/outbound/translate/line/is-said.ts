import type { messagingApi } from "@line/bot-sdk";
import { manyLines } from "../../../shared/text/many-lines.ts";
import { solid } from "../text/solid.ts";
import { shownIn } from "./shown-in.ts";

/** Whether messages show a text in full, from the beginning of one of their lines to the end of one. Blanks do not count. */
export function isSaid(text: string, messages: readonly messagingApi.Message[]): boolean {
  const wanted = solid(manyLines(text));
  if (wanted === "") return false;
  const texts = messages.flatMap(shownIn).flatMap((shown) => shown.texts);
  let said = "";
  const borders = new Set([0]);
  for (const line of texts.flatMap((shown) => shown.split("\n"))) {
    said += solid(line);
    borders.add(said.length);
  }
  return [...borders].some(
    (border) => borders.has(border + wanted.length) && said.startsWith(wanted, border),
  );
}
