import { errorFields } from "../../shared/failures/bridge-error.ts";
import { MediaPending, PermanentFailure, RefusedForNow } from "../../shared/failures/failures.ts";
import type { OutboundMessage } from "../../shared/genesys/outbound-message.ts";
import { DownloadTooSlow } from "../../shared/media/download-errors.ts";
import { type Attempt, ensureTime } from "../../shared/queue/attempt.ts";
import { keepsFailingAlone } from "../../shared/queue/patience.ts";
import { attachmentsOf } from "../translate/genesys/attachments-of.ts";
import type { GenesysAttachment } from "../translate/genesys/genesys-attachment.ts";
import { imagesOf } from "../translate/genesys/images-of.ts";
import type { LineAttachment } from "../translate/line/line-attachment.ts";
import type { RenderContext } from "../translate/line-pushes.ts";
import type { HostingBrand, StoreAttachment } from "./store-attachment.ts";

/**
 * The customer's later messages wait behind an attachment, so what is too slow is given up, as it is the other way
 * round.
 */
const MAX_SLOW_TRIES = 3;

/** Number of the first image of a card among the hosted files of a message, behind all attachments. */
const FIRST_IMAGE = 1_000_000;

type HostingAttempt = Pick<Attempt, "record" | "receives" | "endsAt" | "failures">;

/**
 * Hosts all that a Genesys message points to and that LINE's phones could not fetch later. Images are converted
 * side by side: MediaPending is thrown when all have been handed over. Throws what
 * `storeAttachment` throws of attachments, Postponed where the attempt has too little time left for the
 * next file, and PermanentFailure for an attachment that cannot be read or is too slow at the third try.
 */
export type HostMedia = (
  brand: HostingBrand,
  message: OutboundMessage,
  attempt: HostingAttempt,
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
    store: Promise<LineAttachment | undefined>,
    brand: HostingBrand,
    attempt: HostingAttempt,
  ): Promise<string> {
    try {
      const hosted = await store;
      return hosted?.kind === "image" ? hosted.url : "";
    } catch (error) {
      const isRefused = error instanceof PermanentFailure || error instanceof RefusedForNow;
      if (!isRefused && !(await keepsFailingAlone(error, attempt))) throw error;
      brand.log.warn("Left out the image of a card", errorFields(error));
      return "";
    }
  }

  return async (brand, message, attempt) => {
    let pending: MediaPending | undefined;
    /** Undefined while it is being prepared. */
    const store = async (index: number, attachment: GenesysAttachment) => {
      ensureTime(attempt, deps.now());
      try {
        return await deps.storeAttachment(brand, message, index, attachment, attempt);
      } catch (error) {
        if (error instanceof MediaPending) {
          pending = error;
          return undefined;
        }
        throw (await isTooSlow(error, attempt)) ? tooSlow() : error;
      }
    };
    const attachments = new Map<number, LineAttachment>();
    for (const { index, attachment } of attachmentsOf(message)) {
      if (attachment === undefined) throw unreadable();
      const hosted = await store(index, attachment);
      if (hosted !== undefined) attachments.set(index, hosted);
    }
    const images = new Map<string, string>();
    for (const [index, url] of imagesOf(message, deps.genesysOrigins).entries()) {
      const image = { mediaType: "Image", url };
      images.set(url, await imageUrl(store(FIRST_IMAGE + index, image), brand, attempt));
    }
    if (pending !== undefined) throw pending;
    return { attachments, images };
  };
}

async function isTooSlow(error: unknown, { failures }: Pick<Attempt, "failures">) {
  return error instanceof DownloadTooSlow && (await failures()) >= MAX_SLOW_TRIES - 1;
}

function tooSlow(): PermanentFailure {
  return new PermanentFailure(
    "AttachmentTooSlow",
    "The attachment could not be fetched from Genesys Cloud within 10 s, at three tries.",
  );
}

function unreadable(): PermanentFailure {
  return new PermanentFailure(
    "AttachmentUnreadable",
    "An attachment of the message has no url.",
    "InvalidMessageStructure",
  );
}
