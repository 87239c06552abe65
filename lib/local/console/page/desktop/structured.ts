interface Titled {
  title?: string;
  text?: string;
}

interface Card extends Titled {
  actions?: Titled[];
}

/** What the page reads of a content item of a structured message. */
export interface StructuredContent {
  contentType?: string;
  quickReply?: Titled;
  quickReplyV2?: Card;
  card?: Card;
  carousel?: { cards?: Card[] };
  listPicker?: { sections?: (Titled & { items?: Titled[] })[] };
  datePicker?: Titled & { subtitle?: string };
  template?: { header?: Titled; body?: Titled };
}

/** A structured message in a few words. */
export function summaryOf(content: StructuredContent): string {
  const words = wordsOf(content).filter(Boolean).join(" · ");
  return `[${content.contentType}] ${words}`;
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
      return (content.listPicker?.sections ?? []).flatMap(({ title, items = [] }) => [
        title,
        ...items.map((item) => item.title),
      ]);
    case "DatePicker":
      return [datePicker?.title, datePicker?.subtitle];
    case "Notification":
      return [template?.header?.text, template?.body?.text];
    default:
      return [];
  }
}

function cardWords(card: Card | undefined): (string | undefined)[] {
  return [card?.title, ...(card?.actions ?? []).map(({ text }) => `[${text}]`)];
}
