import fc from "fast-check";
import type { Ask } from "../../../../../lambdas/outbound/translate/text/ask.ts";

const NAMES: Record<Ask, string[]> = {
  location: ["location"],
  camera: ["camera"],
  cameraRoll: ["camera", "roll"],
};

const blanks = fc.stringMatching(/^[ \t\n\u00a0\u3000]{0,3}$/);
const gap = blanks.filter((text) => text !== "");

/** A marker as somebody may write it, with what it asks for. */
export const anyMarker = fc.constantFrom<Ask[]>("location", "camera", "cameraRoll").chain((ask) =>
  fc
    .tuple(blanks, gap, blanks, blanks, gap, blanks, fc.infiniteStream(fc.boolean()))
    .map(([begin, inner, colon, name, between, end, capitals]) => {
      const marker = `[${begin}LINE${inner}ASK${colon}:${name}${NAMES[ask].join(between)}${end}]`;
      const letters = [...marker].map((letter) =>
        capitals.next().value ? letter.toUpperCase() : letter.toLowerCase(),
      );
      return { ask, marker: letters.join("") };
    }),
);

/** Texts of which none begins a marker, nor comes near to one, joined in any order. */
export const anyWords = fc
  .array(
    fc.constantFrom("ที่ไหนคะ", "写真", "word", " ", "\n", "  \n\n", "👍🏽", "(1)", "]", "[1]"),
    {
      maxLength: 30,
    },
  )
  .map((parts) => parts.join(""));
