/**
 * Makes an element from properties and children. Nothing that comes over the network is ever read as
 * HTML; a child that is a string becomes text.
 */
export function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children.filter((child) => child !== undefined && child !== ""));
  return made;
}

/** A text of several lines. */
export function textOf(text, tag = "div") {
  return text ? element(tag, { className: "text", textContent: text }) : undefined;
}

/** The URL if it is http or https, otherwise undefined. */
export function webUrl(url) {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}

export function link(url, text) {
  const href = webUrl(url);
  if (href === undefined) return textOf(text);
  return element("a", { href, target: "_blank", rel: "noopener noreferrer", textContent: text });
}

export function image(url, alt, fullUrl = url) {
  const src = webUrl(url);
  if (src === undefined) return textOf(`[${alt}]`);
  const href = webUrl(fullUrl) ?? src;
  return element(
    "a",
    { href, target: "_blank", rel: "noopener noreferrer" },
    element("img", { src, alt }),
  );
}

/** Loads nothing before it is played, as on a phone. */
export function video(url, posterUrl) {
  const src = webUrl(url);
  if (src === undefined) return textOf("[video]");
  const poster = webUrl(posterUrl) ?? "";
  return element("video", { controls: true, preload: "none", src, poster });
}

export function audio(url) {
  const src = webUrl(url);
  if (src === undefined) return textOf("[audio]");
  return element("audio", { controls: true, preload: "none", src });
}

/** Keeps a list scrolled to its newest entry, at the end, unless its reader has scrolled up. */
export function followEnd(list) {
  const isAtEnd = () => list.scrollTop + list.clientHeight >= list.scrollHeight - 40;
  let follows = true;
  list.addEventListener("scroll", () => {
    follows = isAtEnd();
  });
  new MutationObserver(() => {
    if (follows) list.scrollTop = list.scrollHeight;
  }).observe(list, { childList: true });
}

/** Shows a list and replaces only what has changed: a player must not start again. */
export function showList(list, items, render) {
  const shown = new Map([...list.children].map((node) => [node.shows, node]));
  const nodes = items.map((item) => {
    const shows = JSON.stringify(item);
    return shown.get(shows) ?? Object.assign(render(item), { shows });
  });
  if (nodes.length === 0) {
    nodes.push(element("li", { className: "empty", textContent: "Nothing yet." }));
  }
  for (const [index, node] of nodes.entries()) {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  }
  while (list.children.length > nodes.length) list.lastChild.remove();
}
