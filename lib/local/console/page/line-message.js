import { audio, element, image, link, textOf, video } from "./elements.js";
import { flexContainer } from "./flex.js";

/**
 * A LINE message object as a phone shows it. `act` performs an action object of LINE: postback,
 * message, uri, datetimepicker, …
 */
export function lineMessage(message, act) {
  switch (message.type) {
    case "text":
    case "textV2":
      return textOf(message.text);
    case "sticker":
      return textOf(`🙂 sticker ${message.packageId}/${message.stickerId}`);
    case "image":
      return image(message.previewImageUrl, "image", message.originalContentUrl);
    case "video":
      return video(message.originalContentUrl, message.previewImageUrl);
    case "audio":
      return audio(message.originalContentUrl);
    case "location":
      return place(message);
    case "template":
      return template(message.template ?? {}, act) ?? textOf(message.altText);
    case "flex":
      return flexContainer(message.contents ?? {}, act);
    default:
      return textOf(message.altText ?? `[${message.type}]`);
  }
}

/** Buttons for actions; those that LINE does not label are left out. */
export function buttonsFor(actions, act) {
  return (actions ?? [])
    .filter(({ label }) => label)
    .map((action) =>
      element("button", {
        type: "button",
        textContent: action.label,
        onclick: () => act(action),
      }),
    );
}

export function place({ title, address, latitude, longitude }) {
  const url = `https://www.google.com/maps/search/?api=1&query=${latitude},${longitude}`;
  const coordinates = link(url, `📍 ${latitude}, ${longitude}`);
  return element("div", {}, textOf(title) ?? "", textOf(address) ?? "", coordinates);
}

function template(contents, act) {
  switch (contents.type) {
    case "buttons":
    case "confirm":
      return card(contents, act);
    case "carousel":
      return cards(contents.columns ?? [], act);
    case "image_carousel":
      return cards(
        (contents.columns ?? []).map(({ imageUrl, action }) => ({
          thumbnailImageUrl: imageUrl,
          actions: [action],
        })),
        act,
      );
    default:
      return undefined;
  }
}

function cards(columns, act) {
  return element("div", { className: "cards" }, ...columns.map((column) => card(column, act)));
}

function card({ thumbnailImageUrl, title, text, actions }, act) {
  return element(
    "div",
    { className: "card" },
    thumbnailImageUrl ? image(thumbnailImageUrl, "image") : "",
    title ? element("div", { className: "title", textContent: title }) : "",
    textOf(text) ?? "",
    ...buttonsFor(actions, act),
  );
}
