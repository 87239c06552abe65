import type { Card, StructuredContent, TemplateText } from "../../structured-content.ts";

/** A structured message in a few words. */
export function summaryOf(content: StructuredContent): string {
  const words = wordsOf(content).filter(Boolean).join(" · ");
  return `[${content.contentType}] ${words}`;
}

/** The text of a template with its parameters; one without a value stays as it is written. */
export function filledText({ text = "", parameters }: TemplateText): string {
  return parameters.reduce(
    (filled, { name, text: value = "" }) => filled.replaceAll(`{{${name}}}`, () => value),
    text,
  );
}

function wordsOf(content: StructuredContent): (string | undefined)[] {
  const { quickReplyV2, datePicker, template } = content;
  switch (content.contentType) {
    case "QuickReply":
      return [content.quickReply?.text];
    case "QuickReplyV2":
      return [quickReplyV2?.title, ...(quickReplyV2?.actions ?? []).map(({ text }) => text)];
    case "Card":
      return cardWords(content.card);
    case "Carousel":
      return (content.carousel?.cards ?? []).flatMap(cardWords);
    case "ListPicker":
      return (content.listPicker?.sections ?? []).flatMap(({ title, items }) => [
        title,
        ...items.map((item) => item.title),
      ]);
    case "DatePicker":
      return [datePicker?.title, datePicker?.subtitle];
    case "Notification":
      return [template?.header, template?.body].map((part) => part && filledText(part));
    default:
      return [];
  }
}

function cardWords(card: Card | undefined): (string | undefined)[] {
  return [card?.title, ...(card?.actions ?? []).map(({ text }) => `[${text}]`)];
}
