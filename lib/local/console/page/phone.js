import { element, showList, textOf } from "./elements.js";
import { buttonsFor, lineMessage, place } from "./line-message.js";

/**
 * Shows a customer's phone. `sentUrls` has the images, videos and audio that were sent from this page, by
 * message id: LINE keeps them, but a phone shows its own copy.
 */
export function showPhone(phone, { list, quickReplies }, { act, unsend, sentUrls }) {
  const { lines = [], loadingUntil = 0 } = phone ?? {};
  const typing = loadingUntil > Date.now() ? [{ isTyping: true }] : [];
  showList(list, [...lines, ...typing], (line) => {
    if (line.isTyping) return element("li", { textContent: "● ● ●", title: "typing" });
    if (line.from === "account") return element("li", {}, lineMessage(line.message, act));
    return ownLine(line, unsend, sentUrls);
  });
  // Quick replies disappear with the next message.
  const last = lines.at(-1);
  const items = last?.from === "account" ? (last.message.quickReply?.items ?? []) : [];
  quickReplies.replaceChildren(
    ...buttonsFor(
      items.map(({ action }) => action),
      act,
    ),
  );
}

function ownLine(line, unsend, sentUrls) {
  const details = [line.isRead ? "Read" : ""].filter(Boolean);
  const takeBack = element("button", {
    type: "button",
    textContent: "Unsend",
    onclick: () => unsend(line.id),
  });
  // The words that LINE shows for a tap are not a message, so they cannot be unsent.
  const isMessage = line.message.markAsReadToken !== undefined && !line.isUnsent;
  return element(
    "li",
    { className: "own" },
    line.isUnsent ? element("em", { textContent: "unsent" }) : ownContent(line, sentUrls),
    element("small", {}, details.join(" · "), isMessage ? takeBack : ""),
  );
}

function ownContent({ id, text, message }, sentUrls) {
  const url = sentUrls.get(id);
  if (message.type === "location") return place(message);
  if (message.type === "sticker") return lineMessage(message);
  if (url === undefined) return textOf(text);
  switch (message.type) {
    case "image":
      return element("img", { src: url, alt: "image" });
    case "video":
      return element("video", { src: url, controls: true });
    case "audio":
      return element("audio", { src: url, controls: true });
    default:
      return textOf(text);
  }
}
