import type { messagingApi } from "@line/bot-sdk";
import * as z from "zod";
import { manyLines } from "../../../shared/text/many-lines.ts";
import { oneLine } from "../../../shared/text/one-line.ts";
import * as tolerant from "../genesys/tolerant.ts";
import { flexMessages } from "../line/flex-messages.ts";
import { isShown, type LineCard } from "../line/line-card.ts";
import type { Scope } from "../line/scope.ts";
import { answerTap } from "../line/taps.ts";

const listItem = z.object({ id: tolerant.text, title: tolerant.text, subtitle: tolerant.text });
const section = z.object({ title: tolerant.text, items: tolerant.list(listItem) });
const nothing = { title: "", subtitle: "" };

const listPickerContent = z.object({
  listPicker: z.object({
    /** What is shown before the customer chooses. */
    receivedMessage: z.object({ title: tolerant.text, subtitle: tolerant.text }).catch(nothing),
    sections: tolerant.list(section),
  }),
});

/** A row of cards, one for each section, with a button for each item. Undefined if there is nothing to choose. */
export function listPickerMessages(
  content: unknown,
  scope: Scope,
): messagingApi.Message[] | undefined {
  const parsed = listPickerContent.safeParse(content);
  if (!parsed.success) return undefined;
  const { receivedMessage, sections } = parsed.data.listPicker;
  const cards = sections
    .map((part) => sectionCard(part, scope))
    .filter(({ buttons }) => buttons.length > 0);
  if (cards.length === 0) return undefined;
  const head = {
    title: oneLine(receivedMessage.title),
    text: manyLines(receivedMessage.subtitle),
    buttons: [],
    lines: [],
  };
  return flexMessages(isShown(head) ? [head, ...cards] : cards);
}

function sectionCard({ title, items }: z.infer<typeof section>, scope: Scope): LineCard {
  const buttons = items
    .filter((item) => oneLine(item.title + item.id) !== "")
    .map(({ id, title, subtitle }) => {
      const label = [oneLine(title), oneLine(subtitle)].filter(Boolean).join(" · ");
      return answerTap("Button", { text: title, payload: id, label }, scope);
    });
  return { title: oneLine(title), text: "", buttons, lines: [] };
}
