import type { ButtonData } from "../../shared/genesys/button-data.ts";
import type { InboundAttachment } from "../../shared/genesys/inbound-message.ts";

/** What agents get for a LINE event. */
export interface Translation {
  /** `channel.messageId`: the LINE message id, or the webhookEventId where the event has none. */
  messageId: string;
  /** Id of the user, group or room: the customer of the conversation. */
  customer: string;
  /** Empty only if there is `media`. */
  text: string;
  /** Hosted elsewhere for good. It is sent in addition to the text. */
  attachment?: InboundAttachment;
  /** To be fetched, hosted and sent as an attachment, or as a link in the text. */
  media?: LineMedia;
  /** The button of a structured message that the customer tapped. `text` is sent if Genesys does not accept the button. */
  button?: ButtonData;
}

/** The part of a translation that depends on the kind of event alone. */
export type Content = Omit<Translation, "messageId" | "customer">;

/** An image, video, audio or file that a customer has sent. */
export interface LineMedia {
  kind: "image" | "video" | "audio" | "file";
  /** Of the LINE message. */
  messageId: string;
  /** Held by LINE, or by a third party's server (LIFF apps can do so). */
  source: { from: "line" } | { from: "external"; url: string };
  /** The name on the customer's phone. Only files have one. */
  fileName?: string;
  /** For example the place in a set of images. */
  caption?: string;
}

/** What happened to media. */
export type MediaOutcome =
  | { outcome: "hosted"; url: string; mime: string; bytes: number; fileName: string }
  /** External media that is not fetched: not https, not public, too large or too slow. */
  | { outcome: "linked"; url: string }
  | {
      outcome: "missing";
      because: "unsent" | "erased" | "gone" | "not-playable" | "too-slow" | "empty";
    };
