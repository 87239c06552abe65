import type { messagingApi } from "@line/bot-sdk";
import { distinctTaps, type ShownTap, shownTap } from "./shown-tap.ts";

interface Part {
  texts: string[];
  taps: ShownTap[];
}

/** What a bubble of a Flex Message lets the customer read and tap, in any depth of its boxes, and its main picture. */
export function bubbleShown({
  header,
  hero,
  body,
  footer,
  action,
}: messagingApi.FlexBubble): Part & {
  links: string[];
} {
  const heroPart = hero?.type === "box" ? [hero] : [];
  const { texts, taps } = partsOf([header, ...heroPart, body, footer]);
  const tapsOfHero = hero !== undefined && "action" in hero ? shownTap(hero.action) : [];
  return {
    texts,
    links: hero?.type === "image" || hero?.type === "video" ? [hero.url] : [],
    taps: distinctTaps([...taps, ...(heroPart.length > 0 ? [] : tapsOfHero), ...shownTap(action)]),
  };
}

function partsOf(components: readonly (messagingApi.FlexComponent | undefined)[]): Part {
  const parts = components.flatMap((component) => (component ? [partOf(component)] : []));
  return {
    texts: parts.flatMap(({ texts }) => texts),
    taps: parts.flatMap(({ taps }) => taps),
  };
}

/** The words of what can be tapped are the label of the tap. */
function partOf(component: messagingApi.FlexComponent): Part {
  switch (component.type) {
    case "text": {
      const text = component.text ?? (component.contents ?? []).map(spanText).join("");
      return tappable({ texts: [text].filter(Boolean), taps: [] }, component.action);
    }
    case "button":
    case "image":
      return { texts: [], taps: shownTap(component.action) };
    case "box":
      return tappable(partsOf(component.contents), component.action);
    default:
      return { texts: [], taps: [] };
  }
}

function tappable({ texts, taps }: Part, action: messagingApi.Action | undefined): Part {
  if (action === undefined) return { texts, taps };
  const isLabel = taps.length === 0;
  const own = shownTap(action, isLabel ? texts.join(" ") : undefined);
  return isLabel && own.length > 0 ? { texts: [], taps: own } : { texts, taps: [...taps, ...own] };
}

function spanText({ text }: { text?: string }): string {
  return text ?? "";
}
