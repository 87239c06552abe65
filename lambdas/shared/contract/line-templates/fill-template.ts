import * as z from "zod";
import type { LineTemplate } from "./line-template.ts";
import { mapTexts } from "./map-texts.ts";
import { type FieldKind, fieldKind } from "./place-field.ts";
import { type PlaceMark, placeMarks } from "./place-marks.ts";

/** A field with a place in it. */
export interface PlaceField {
  kind: FieldKind;
  /** The text with the mark, as the template has it. */
  text: string;
  /** Whether the place is all that the field holds. */
  isWhole: boolean;
}

/** What is to stand in a field for a place. It says nothing to LINE but itself: braces of a text (v2) are doubled here. */
export type FillPlace = (place: string, field: PlaceField) => string;

/**
 * A template's messages with its places filled, each text once: a mark in a value stays what it is. The emojis of a
 * text stay at their `$`. Marks in fields that take none stay, which the check of templates refuses.
 */
export function filledMessages({ messages }: LineTemplate, fill: FillPlace): unknown[] {
  return messages.map((message, index) => {
    const emojis = emojisOf(message);
    const filled = mapTexts(message, (text, path, holder) => {
      const isV2 = holder === message && message.type === "textV2" && path.at(-1) === "text";
      return filledText(text, [index, ...path], isV2 ? doubled(fill) : fill);
    });
    const marks = placeMarks(emojis?.text ?? "");
    if (emojis === undefined || marks.length === 0) return filled;
    const grown = ({ start, end }: PlaceMark) =>
      filledText(emojis.text.slice(start, end), [index, "text"], fill).length - (end - start);
    const moved = emojis.emojis.map((emoji) => ({
      ...emoji,
      index: marks
        .filter(({ start }) => start < emoji.index)
        .reduce((at, mark) => at + grown(mark), emoji.index),
    }));
    return { ...z.looseObject({}).parse(filled), emojis: moved };
  });
}

function filledText(text: string, path: readonly PropertyKey[], fill: FillPlace): string {
  const kind = fieldKind(path);
  const marks = placeMarks(text);
  if (kind === undefined || marks.length === 0) return text;
  const ends = marks.map(({ place, start, end }, at) => {
    const isWhole = marks.length === 1 && start === 0 && end === text.length;
    const before = text.slice(marks[at - 1]?.end ?? 0, start);
    return before + fill(place, { kind, text, isWhole });
  });
  return ends.join("") + text.slice(marks.at(-1)?.end);
}

function doubled(fill: FillPlace): FillPlace {
  return (place, field) => fill(place, field).replace(/[{}]/g, "$&$&");
}

const withEmojis = z.object({
  type: z.literal("text"),
  text: z.string(),
  emojis: z.array(z.looseObject({ index: z.number() })),
});

/** A text's emojis stand at a position of it. https://developers.line.biz/en/reference/messaging-api/#text-message */
function emojisOf(message: object): z.infer<typeof withEmojis> | undefined {
  return withEmojis.safeParse(message).data;
}
