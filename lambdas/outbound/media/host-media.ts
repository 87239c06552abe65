import { errorFields } from "../../shared/failures/bridge-error.ts";
import { PermanentFailure } from "../../shared/failures/failures.ts";
import type { OutboundMessage } from "../../shared/genesys/outbound-message.ts";
import { type Attempt, ensureTime } from "../../shared/queue/attempt.ts";
import { attachmentsOf } from "../translate/genesys/attachments-of.ts";
import type { GenesysAttachment } from "../translate/genesys/genesys-attachment.ts";
import { imagesOf } from "../translate/genesys/images-of.ts";
import type { LineAttachment } from "../translate/line/line-attachment.ts";
import type { RenderContext } from "../translate/line-pushes.ts";
import type { HostingBrand, StoreAttachment } from "./store-attachment.ts";

/** Number of the first image of a card among the hosted files of a message, behind all attachments. */
const FIRST_IMAGE = 1_000_000;

/**
 * Hosts all that a Genesys message points to and that LINE's phones could not fetch later. Throws what
 * `storeAttachment` throws of attachments, Postponed where the attempt has too little time left for the
 * next file, and PermanentFailure for an attachment that cannot be read.
 */
export type HostMedia = (
  brand: HostingBrand,
  message: OutboundMessage,
  attempt: Pick<Attempt, "endsAt">,
) => Promise<Pick<RenderContext, "attachments" | "images">>;

export function createHostMedia(deps: {
  storeAttachment: StoreAttachment;
  /** Where Genesys Cloud keeps files. */
  genesysOrigins: ReadonlySet<string>;
  /** In ms. */
  now(): number;
}): HostMedia {
  /** An image only decorates a card: one that cannot be had is left out. */
  async function imageUrl(
    brand: HostingBrand,
    message: OutboundMessage,
    index: number,
    image: GenesysAttachment,
  ): Promise<string> {
    try {
      const hosted = await deps.storeAttachment(brand, message, index, image);
      return hosted.kind === "image" ? hosted.url : "";
    } catch (error) {
      if (!(error instanceof PermanentFailure)) throw error;
      brand.log.warn("Left out the image of a card", errorFields(error));
      return "";
    }
  }

  return async (brand, message, attempt) => {
    const attachments = new Map<number, LineAttachment>();
    for (const { index, attachment } of attachmentsOf(message)) {
      if (attachment === undefined) throw unreadable();
      ensureTime(attempt, deps.now());
      attachments.set(index, await deps.storeAttachment(brand, message, index, attachment));
    }
    const images = new Map<string, string>();
    for (const [index, url] of imagesOf(message, deps.genesysOrigins).entries()) {
      ensureTime(attempt, deps.now());
      const image = { mediaType: "Image", url };
      images.set(url, await imageUrl(brand, message, FIRST_IMAGE + index, image));
    }
    return { attachments, images };
  };
}

function unreadable(): PermanentFailure {
  return new PermanentFailure(
    "AttachmentUnreadable",
    "An attachment of the message has no url.",
    "InvalidMessageStructure",
  );
}
