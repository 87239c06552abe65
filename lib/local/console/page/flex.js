import { element, image, textOf, video } from "./elements.js";

/** The contents of a Flex Message: a bubble or a carousel of them, without most of the styling. */
export function flexContainer(container, act) {
  const bubbles = container.type === "carousel" ? (container.contents ?? []) : [container];
  return element("div", { className: "cards" }, ...bubbles.map((one) => bubble(one, act)));
}

function bubble(contents, act) {
  const parts = ["header", "hero", "body", "footer"].flatMap((name) => contents[name] ?? []);
  const shown = element("div", { className: "card" }, ...parts.map((part) => component(part, act)));
  return tappable(shown, contents.action, act);
}

function component(part, act) {
  switch (part.type) {
    case "box": {
      const box = element("div", {}, ...(part.contents ?? []).map((one) => component(one, act)));
      box.dataset.layout = part.layout ?? "vertical";
      return tappable(box, part.action, act);
    }
    case "button":
      return element("button", {
        type: "button",
        textContent: part.action?.label ?? "",
        onclick: () => act(part.action),
      });
    case "text": {
      const words = part.text ?? (part.contents ?? []).map(({ text = "" }) => text).join("");
      const text = textOf(words) ?? element("div");
      text.dataset.weight = part.weight ?? "";
      return tappable(text, part.action, act);
    }
    case "image":
    case "icon":
      return image(part.url, "image");
    case "video":
      return video(part.url, part.previewUrl);
    case "separator":
      return element("hr");
    default:
      return "";
  }
}

/** Makes an element tappable. What is inside it may be a button of its own. */
function tappable(shown, action, act) {
  if (action === undefined) return shown;
  shown.style.cursor = "pointer";
  shown.title = action.label ?? "";
  shown.addEventListener("click", (event) => {
    if (event.target.closest("a, button") !== null) return;
    event.stopPropagation();
    act(action);
  });
  return shown;
}
