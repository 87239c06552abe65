import * as z from "zod";

/** The customer's answer to a structured message, as the bridge reports it. */
export interface ButtonResponse {
  type: "Button" | "QuickReply" | "DatePicker";
  text: string;
  payload: string;
}

const reply = z.object({ text: z.string(), payload: z.string().optional() });
const actions = z.array(z.looseObject({ type: z.string() })).default([]);
const card = z.object({ actions, defaultAction: z.unknown().optional() });

/** The parts of a content item that can be tapped. */
const content = z.object({
  quickReply: reply.optional(),
  quickReplyV2: z.object({ actions: z.array(reply) }).optional(),
  card: card.optional(),
  carousel: z.object({ cards: z.array(card) }).optional(),
  listPicker: z
    .object({
      sections: z.array(
        z.object({
          items: z.array(z.object({ id: z.string(), title: z.string() })).default([]),
        }),
      ),
    })
    .optional(),
  template: z.object({ buttons: z.array(z.looseObject({ type: z.string() })) }).optional(),
  datePicker: z.object({}).optional(),
});

const postback = reply.extend({ type: z.literal("Postback") });
const templateReply = reply.extend({ type: z.literal("QuickReply") });

const ISO_DATE = z.union([z.iso.date(), z.iso.datetime({ offset: true, local: true })]);

/**
 * Whether a structured message has the button that this response names: the same kind, text and
 * payload, or any ISO 8601 date for a date picker. Open Messaging has no kind of response for list
 * pickers, so both other kinds are accepted for them.
 */
export function offersButton(items: unknown[], { type, text, payload }: ButtonResponse): boolean {
  const parsed = items.flatMap((item) => content.safeParse(item).data ?? []);
  if (type === "DatePicker") {
    const offersDates = parsed.some(({ datePicker }) => datePicker !== undefined);
    return offersDates && ISO_DATE.safeParse(payload).success;
  }
  return parsed
    .flatMap((item) => [
      ...(type === "QuickReply" ? quickReplies(item) : cardButtons(item)),
      ...listItems(item),
    ])
    .some((button) => button.text === text && (button.payload ?? button.text) === payload);
}

type Content = z.infer<typeof content>;

function quickReplies({ quickReply, quickReplyV2, template }: Content) {
  return [
    ...(quickReply ? [quickReply] : []),
    ...(quickReplyV2?.actions ?? []),
    ...(template?.buttons ?? []).flatMap((button) => templateReply.safeParse(button).data ?? []),
  ];
}

function cardButtons({ card, carousel }: Content) {
  return [...(card ? [card] : []), ...(carousel?.cards ?? [])]
    .flatMap((one) => [...one.actions, one.defaultAction])
    .flatMap((action) => postback.safeParse(action).data ?? []);
}

function listItems({ listPicker }: Content) {
  return (listPicker?.sections ?? [])
    .flatMap(({ items }) => items)
    .map(({ id, title }) => ({ text: title, payload: id }));
}
