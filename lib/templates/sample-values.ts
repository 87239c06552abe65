import type { PlaceField } from "../../lambdas/shared/contract/line-templates/fill-template.ts";

/** The least that a value can be, to check a template before anybody has given one. */
export function sampleValue(_place: string, { kind, text, isWhole }: PlaceField): string {
  switch (kind) {
    case "link":
      if (isWhole) return "https://example.com/";
      return /^tel:/i.test(text) ? "0" : "x";
    case "media":
      return isWhole ? "https://example.com/x.png" : "x";
    default:
      // In a text (v2) no key is called so: a place that stands as a key is found.
      return "…";
  }
}
