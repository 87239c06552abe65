import type { LineTemplate } from "./line-template.ts";
import { mapTexts } from "./map-texts.ts";
import { placeMarks } from "./place-marks.ts";

/** A place where it stands. */
export interface PlaceSpot {
  place: string;
  /** To the text that holds it, from the list of messages on. */
  path: readonly PropertyKey[];
}

/** Every place of a template, in order, once for each time that it stands there. */
export function templatePlaces({ messages }: LineTemplate): PlaceSpot[] {
  const spots: PlaceSpot[] = [];
  mapTexts(messages, (text, path) => {
    spots.push(...placeMarks(text).map(({ place }) => ({ place, path })));
    return text;
  });
  return spots;
}
