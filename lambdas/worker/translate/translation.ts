import type { ButtonData } from "../../shared/genesys/button-data.ts";
import type { InboundAttachment } from "../../shared/genesys/inbound-message.ts";

/** What agents get for a LINE event. */
export interface Translation {
  /** `channel.messageId`: the LINE message id, or the webhookEventId where the event has none. */
  messageId: string;
  /** Id of the user, group or room: the customer of the conversation. */
  customer: string;
  /** Empty only besides `media`. */
  text: string;
  /** Something hosted elsewhere for good, sent besides the text. */
  attachment?: InboundAttachment;
  /** To be fetched, hosted and sent as an attachment, or as a link in the text. */
  media?: LineMedia;
  /** The customer has tapped a button of a structured message; `text` is what to say if Genesys does not take that. */
  button?: ButtonData;
}

/** What a kind of event says, whoever it came from. */
export type Content = Omit<Translation, "messageId" | "customer">;

/** A picture, film, sound or file that a customer has sent. */
export interface LineMedia {
  kind: "image" | "video" | "audio" | "file";
  /** Of the LINE message. */
  messageId: string;
  /** Held by LINE, or by a third party's server (LIFF apps can do so). */
  source: { from: "line" } | { from: "external"; url: string };
  /** As the customer's phone calls it; of files only. */
  fileName?: string;
  /** For example the place in a set of pictures. */
  caption?: string;
}

/** What became of media. */
export type MediaOutcome =
  | { outcome: "hosted"; url: string; mime: string; bytes: number; fileName: string }
  /** External media that is not fetched: not https, not public, too large or too slow. */
  | { outcome: "linked"; url: string }
  | { outcome: "missing"; because: "unsent" | "gone" | "not-playable" | "too-slow" | "empty" };
