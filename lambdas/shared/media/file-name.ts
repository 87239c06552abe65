import mimeTypes from "mime";
import { graphemeEnd } from "../text/graphemes.ts";

const MAX_UNITS = 120;

/** Controls, unpaired surrogates and formatting that nobody sees. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
/** Of these, a name keeps the joiners of emoji, Arabic and Indic letters, and the tags of flags. */
const JOINING = /\u{200c}|\u{200d}|[\u{e0020}-\u{e007f}]/u;
const RESERVED = /[<>:"|?*]/g;
/** https://learn.microsoft.com/en-us/windows/win32/fileio/naming-a-file#naming-conventions */
const RESERVED_ON_WINDOWS = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?=\.|$)/i;
/** Digits alone are a version or a date, not an extension. */
const EXTENSION = /\.(?=[0-9]*[a-z])[a-z0-9]{1,10}$/i;

/** Extensions that people know, for types whose first registered extension is another one. */
const USUAL_EXTENSIONS: Readonly<Record<string, string>> = {
  "audio/3gpp": "3gp",
  "audio/3gpp2": "3g2",
  "audio/aac": "aac",
  "audio/matroska": "mka",
  "audio/mpeg": "mp3",
  "audio/ogg": "ogg",
  "audio/webm": "webm",
  "video/matroska": "mkv",
  "video/mpeg": "mpg",
  "video/quicktime": "mov",
};

/**
 * A file name that is safe on every system: no path, nothing invisible, at most 120 UTF-16 units,
 * with an extension (the one of `mime` if it has none). `fallback` is the name if nothing remains of
 * it.
 */
export function safeFileName(name: string | undefined, fallback: string, mime: string): string {
  const cleaned = clean(name ?? "") || clean(fallback);
  const suffix = EXTENSION.exec(cleaned)?.[0] ?? "";
  const stem = cleaned.slice(0, cleaned.length - suffix.length);
  const ending = suffix || withDot(extensionOf(mime));
  const kept = stem.slice(0, graphemeEnd(stem, MAX_UNITS - ending.length)).trimEnd();
  return (kept || fallback) + ending;
}

/** The usual extension of a media type, without the dot; undefined if it has none. */
export function extensionOf(mime: string): string | undefined {
  return USUAL_EXTENSIONS[mime] ?? mimeTypes.getExtension(mime) ?? undefined;
}

function withDot(extension: string | undefined): string {
  return extension === undefined ? "" : `.${extension}`;
}

function clean(name: string): string {
  return (name.split(/[/\\]/).at(-1) ?? "")
    .replace(INVISIBLE, (character) => (JOINING.test(character) ? character : ""))
    .replace(RESERVED, "_")
    .normalize("NFC")
    .replace(/^[.\s]+|[.\s]+$/g, "")
    .replace(RESERVED_ON_WINDOWS, "_$&");
}
