import { element, showList, textOf } from "./elements.js";
import { buttonsFor, lineMessage, place } from "./line-message.js";

/**
 * Shows a customer's phone. `sentUrls` has the pictures, films and sounds that were sent from this
 * page, by message id: LINE keeps them, and a phone has its own.
 */
export function showPhone(phone, { list, quickReplies }, { act, unsend, sentUrls }) {
  const { lines = [], loadingUntil = 0 } = phone ?? {};
  const typing = loadingUntil > Date.now() ? [{ isTyping: true }] : [];
  showList(list, [...lines, ...typing], (line) => {
    if (line.isTyping) return element("li", { textContent: "● ● ●", title: "typing" });
    if (line.from === "account") return element("li", {}, lineMessage(line.message, act));
    return ownLine(line, unsend, sentUrls);
  });
  // They vanish as soon as anything follows.
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
  // Words that LINE shows for a tap are no message.
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
      return element("img", { src: url, alt: "picture" });
    case "video":
      return element("video", { src: url, controls: true });
    case "audio":
      return element("audio", { src: url, controls: true });
    default:
      return textOf(text);
  }
}
