import { audio, element, image, link, showList, textOf, video } from "./elements.js";

/** Shows what agents see of one customer. `receipts` says whether agents' messages arrived. */
export function showDesktop(conversations, receipts, list) {
  const lines = conversations.flatMap(({ nickname, messages }) =>
    messages.map((message) => ({
      ...message,
      nickname,
      receipt: receipts.findLast(({ id }) => id === message.id),
    })),
  );
  showList(list, lines, (line) =>
    line.direction === "Inbound" ? inboundLine(line) : outboundLine(line),
  );
}

function inboundLine({ nickname, text, attachments, customAttributes, buttonResponse }) {
  const data = Object.entries(customAttributes).map(([name, value]) => `${name}=${value}`);
  const tapped = buttonResponse && `tapped ${buttonResponse.type}: ${buttonResponse.payload}`;
  return element(
    "li",
    {},
    textOf(text) ?? "",
    ...attachments.map(received),
    small([nickname, tapped, ...data]),
  );
}

function received({ mediaType, url, filename, text }) {
  const name = filename ?? url ?? "";
  return element("div", {}, shown(mediaType, url, name), small([mediaType, filename, text]));
}

function shown(mediaType, url, name) {
  switch (mediaType) {
    case "Image":
      return image(url, name);
    case "Video":
      return video(url);
    case "Audio":
      return audio(url);
    default:
      return link(url, `📄 ${name}`);
  }
}

function outboundLine({ text, attachments, structured = [], status, receipt }) {
  const reasons = (receipt?.reasons ?? []).map(({ code, message }) => `${code ?? ""} ${message}`);
  return element(
    "li",
    { className: "own" },
    textOf(text) ?? "",
    // Linked and not shown: the page would have to fetch an image, as the bridge does.
    ...attachments.map(({ url, filename }) => link(url, `📎 ${filename ?? url ?? ""}`)),
    ...structured.map((content) => textOf(summary(content))),
    small([status, ...reasons], status === "Failed"),
  );
}

/** A structured message in a few words. */
function summary({ contentType, quickReply, quickReplyV2, card, carousel, listPicker, ...rest }) {
  const titles = {
    QuickReply: [quickReply?.text],
    QuickReplyV2: [quickReplyV2?.title, ...(quickReplyV2?.actions ?? []).map(({ text }) => text)],
    Card: cardWords(card),
    Carousel: (carousel?.cards ?? []).flatMap(cardWords),
    ListPicker: (listPicker?.sections ?? []).flatMap(({ title, items = [] }) => [
      title,
      ...items.map((item) => item.title),
    ]),
    DatePicker: [rest.datePicker?.title, rest.datePicker?.subtitle],
    Notification: [rest.template?.header?.text, rest.template?.body?.text],
  };
  const words = (titles[contentType] ?? []).filter(Boolean).join(" · ");
  return `[${contentType}] ${words}`;
}

function cardWords(card) {
  return [card?.title, ...(card?.actions ?? []).map(({ text }) => `[${text}]`)];
}

function small(details, isBad = false) {
  const textContent = details.filter(Boolean).join(" · ");
  if (textContent === "") return "";
  return element("small", { textContent, className: isBad ? "bad" : "" });
}
