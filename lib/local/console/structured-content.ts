import * as z from "zod";

/** Anybody can send a structured message of any form: what cannot be shown is left out. */
const text = z.string().optional().catch(undefined);

/** Those of a list that have the form; none where it is no list. */
function listOf<Item>(item: z.ZodType<Item>) {
  return z
    .array(z.unknown())
    .catch([])
    .transform((items) => items.flatMap((one) => item.safeParse(one).data ?? []));
}

const titled = z.object({ title: text, subtitle: text, text, url: text });
export type Titled = z.output<typeof titled>;

const card = z.object({
  ...titled.shape,
  description: text,
  image: text,
  actions: listOf(titled),
});
export type Card = z.output<typeof card>;

/** A text with `{{name}}` for each parameter. */
const templateText = z.object({ text, parameters: listOf(z.object({ name: text, text })) });
export type TemplateText = z.output<typeof templateText>;

const section = z.object({ ...titled.shape, items: listOf(titled) });

const structuredContent = z.object({
  contentType: text,
  quickReply: titled.optional().catch(undefined),
  quickReplyV2: card.optional().catch(undefined),
  card: card.optional().catch(undefined),
  carousel: z
    .object({ cards: listOf(card) })
    .optional()
    .catch(undefined),
  listPicker: z
    .object({ receivedMessage: titled.optional().catch(undefined), sections: listOf(section) })
    .optional()
    .catch(undefined),
  datePicker: titled.optional().catch(undefined),
  template: z
    .object({
      header: templateText.optional().catch(undefined),
      body: templateText.optional().catch(undefined),
      footer: templateText.optional().catch(undefined),
      buttons: listOf(titled),
    })
    .optional()
    .catch(undefined),
});

/** What the page shows of a content item of a structured message. */
export type StructuredContent = z.output<typeof structuredContent>;

const contents = listOf(structuredContent);

/** What can be shown of the content of a structured message, whoever has made it. */
export function structuredContents(content: unknown): StructuredContent[] {
  return contents.parse(content);
}
