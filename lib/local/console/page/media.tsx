import type { ComponentChildren } from "preact";

/** The URL if it is http or https, otherwise undefined. */
export function webUrl(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  return /^https?:$/.test(new URL(url).protocol) ? url : undefined;
}

/** A text of several lines; nothing for an empty one. */
export function Text({ text, weight }: { text: string | undefined; weight?: string | undefined }) {
  if (!text) return null;
  return (
    <div class="text" data-weight={weight}>
      {text}
    </div>
  );
}

export function Link({ url, children }: { url: string | undefined; children: ComponentChildren }) {
  const href = webUrl(url);
  if (href === undefined) return <div class="text">{children}</div>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

export function Image(props: {
  url: string | undefined;
  alt: string;
  fullUrl?: string | undefined;
}) {
  const src = webUrl(props.url);
  if (src === undefined) return <Text text={`[${props.alt}]`} />;
  return (
    <Link url={webUrl(props.fullUrl) ?? src}>
      <img src={src} alt={props.alt} />
    </Link>
  );
}

/** Loads nothing before it is played, as on a phone; with `metadata` its first picture. */
export function Video({
  url,
  posterUrl,
  preload = "none",
}: {
  url: string | undefined;
  posterUrl?: string | undefined;
  preload?: "none" | "metadata";
}) {
  const src = webUrl(url);
  if (src === undefined) return <Text text="[video]" />;
  // biome-ignore lint/a11y/useMediaCaption: what people send each other has no captions
  return <video controls preload={preload} src={src} poster={webUrl(posterUrl)} />;
}

export function Audio({ url }: { url: string | undefined }) {
  const src = webUrl(url);
  if (src === undefined) return <Text text="[audio]" />;
  // biome-ignore lint/a11y/useMediaCaption: what people send each other has no captions
  return <audio controls preload="none" src={src} />;
}
