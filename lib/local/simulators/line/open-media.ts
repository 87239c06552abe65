import { fileTypeFromBuffer } from "file-type";
import type { InboxMessage } from "./chats.ts";
import { type MediaLink, type MediaUse, mediaLinks } from "./media-links.ts";

/** What a phone found at a URL of a message. */
export interface OpenedMedia extends MediaLink {
  messageId: string;
  /** HTTP status; 0 when there was no answer. */
  status: number;
  /** As the server says; "" if it does not say. */
  contentType: string;
  bytes: number;
  /** Rules of LINE that it breaks; empty if the phone can show it. */
  faults: string[];
}

const MEGABYTE = 1_000_000;
const IMAGES = ["image/jpeg", "image/png"];

/**
 * LINE Messaging API reference, Image, Video and Audio message; Flex Message and quick reply for
 * icons. "MB" in its stricter meaning. An m4a can look like any other mp4.
 */
const RULES: Record<MediaUse, { types: string[]; megabytes: number }> = {
  image: { types: IMAGES, megabytes: 10 },
  preview: { types: IMAGES, megabytes: 1 },
  icon: { types: IMAGES, megabytes: 1 },
  video: { types: ["video/mp4"], megabytes: 200 },
  audio: { types: ["audio/mpeg", "audio/x-m4a", "audio/mp4", "video/mp4"], megabytes: 200 },
};

/** How many bytes are needed to recognize a file's type. */
const HEAD_BYTES = 4_100;
const TIMEOUT_MILLISECONDS = 30_000;

/** Fetches what these messages point to, as a customer's phone would: each URL once for each use. */
export async function openMedia(
  messages: InboxMessage[],
  closing: AbortSignal,
): Promise<OpenedMedia[]> {
  const links = new Map<string, MediaLink & { messageId: string }>();
  for (const { id, message } of messages) {
    for (const link of mediaLinks(message)) {
      links.set(`${link.use} ${link.url}`, { ...link, messageId: id });
    }
  }
  return Promise.all([...links.values()].map((link) => openLink(link, closing)));
}

async function openLink(
  link: MediaLink & { messageId: string },
  closing: AbortSignal,
): Promise<OpenedMedia> {
  const opened = { ...link, status: 0, contentType: "", bytes: 0 };
  const head: Uint8Array[] = [];
  try {
    const signal = AbortSignal.any([closing, AbortSignal.timeout(TIMEOUT_MILLISECONDS)]);
    const response = await fetch(link.url, { signal });
    opened.status = response.status;
    opened.contentType = response.headers.get("content-type") ?? "";
    for await (const chunk of response.body ?? []) {
      if (opened.bytes < HEAD_BYTES) {
        head.push(chunk);
      }
      opened.bytes += chunk.length;
    }
  } catch {
    return { ...opened, faults: ["it cannot be fetched"] };
  }
  if (opened.status !== 200) {
    return { ...opened, faults: [`the answer is ${opened.status}`] };
  }
  return { ...opened, faults: await faultsOf(link.use, opened.bytes, Buffer.concat(head)) };
}

async function faultsOf(use: MediaUse, bytes: number, head: Buffer): Promise<string[]> {
  const { types, megabytes } = RULES[use];
  const type = (await fileTypeFromBuffer(head))?.mime ?? "unknown";
  return [
    ...(types.includes(type) ? [] : [`its bytes are ${type}, not ${types.join(" or ")}`]),
    ...(bytes <= megabytes * MEGABYTE ? [] : [`it is larger than ${megabytes} MB`]),
  ];
}
