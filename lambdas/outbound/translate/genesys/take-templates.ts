import { ensureNoTemplate, splitTemplates, type TemplateCall } from "../text/template-marker.ts";
import { changeTexts } from "./change-texts.ts";

/**
 * An entry of a message's content without markers of templates, and the templates that they name, to follow it.
 * Throws PermanentFailure for a marker that cannot be understood, or that stands on a button.
 */
export function takeTemplates(content: unknown): { content: unknown; calls: TemplateCall[] } {
  const calls: TemplateCall[] = [];
  const take = (text: string) => {
    const pieces = splitTemplates(text);
    calls.push(...pieces.filter((piece) => typeof piece !== "string"));
    return pieces.filter((piece) => typeof piece === "string").join("\n");
  };
  return { content: changeTexts(content, take, ensureNoTemplate), calls };
}
