import * as z from "zod";

/** What a URL in a message must serve. */
export type MediaUse = "image" | "preview" | "icon" | "video" | "audio";

export interface MediaLink {
  url: string;
  use: MediaUse;
}

const node = z.looseObject({ type: z.string().optional() });

/** Everything in a message object, at any depth, that a phone fetches to show the message. */
export function mediaLinks(message: unknown): MediaLink[] {
  if (Array.isArray(message)) {
    return message.flatMap(mediaLinks);
  }
  const { type, ...properties } = node.safeParse(message).data ?? {};
  return Object.entries(properties).flatMap(([property, value]) => {
    const use = useOf(property, type);
    if (typeof value !== "string" || use === undefined) {
      return mediaLinks(value);
    }
    // An imagemap has its image in five widths under the given address.
    return { url: property === "baseUrl" ? `${value}/1040` : value, use };
  });
}

function useOf(property: string, type: string | undefined): MediaUse | undefined {
  switch (property) {
    case "originalContentUrl":
      return type === "image" || type === "audio" ? type : "video";
    case "previewImageUrl":
    case "previewUrl":
      return "preview";
    case "thumbnailImageUrl":
    case "baseUrl":
      return "image";
    case "imageUrl":
      return type === "action" ? "icon" : "image";
    case "iconUrl":
      return "icon";
    case "url":
      return type === "image" || type === "icon" || type === "video" ? type : undefined;
    default:
      return undefined;
  }
}
