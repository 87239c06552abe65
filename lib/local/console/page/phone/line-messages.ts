import type { FlexPart } from "./flex-parts.ts";
import type { Action, ImagemapAction } from "./line-actions.ts";

/** What the page reads of LINE's message objects: of an account as it was pushed, of a customer as in the webhook. */
export interface LineMessage {
  type: string;
  text?: string;
  /** What stands in a text (v2) for `{key}`. */
  substitution?: Record<string, { type: string; mentionee?: { type: string } }>;
  altText?: string;
  packageId?: string;
  stickerId?: string;
  keywords?: readonly string[];
  originalContentUrl?: string;
  previewImageUrl?: string;
  /** Of customers: who holds the bytes. */
  contentProvider?: { type: string; originalContentUrl?: string; previewImageUrl?: string };
  fileName?: string;
  /** In bytes. */
  fileSize?: number;
  title?: string;
  address?: string;
  latitude?: number;
  longitude?: number;
  markAsReadToken?: string;
  /** By which an account can quote this message. In a message of the account: which message it quotes. */
  quoteToken?: string;
  /** The message that a customer quotes. */
  quotedMessageId?: string;
  sender?: { name?: string; iconUrl?: string };
  quickReply?: { items?: QuickReplyItem[] };
  template?: Template;
  contents?: FlexPart;
  /** Of an imagemap. */
  baseUrl?: string;
  baseSize?: { width: number; height: number };
  actions?: ImagemapAction[];
}

interface QuickReplyItem {
  imageUrl?: string;
  action: Action;
}

export interface Template extends Column {
  type?: string;
  columns?: Column[];
  imageAspectRatio?: "rectangle" | "square";
  imageSize?: "cover" | "contain";
}

export interface Column {
  thumbnailImageUrl?: string;
  imageUrl?: string;
  imageBackgroundColor?: string;
  title?: string;
  text?: string;
  actions?: Action[];
  action?: Action;
  defaultAction?: Action;
}
