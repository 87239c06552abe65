import { errorFields } from "../../shared/failures/bridge-error.ts";
import { PermanentFailure } from "../../shared/failures/failures.ts";
import type { Log } from "../../shared/function/log.ts";
import type { OutboundMessage } from "../../shared/genesys/outbound-message.ts";
import { attachmentsOf } from "../translate/attachments-of.ts";
import type { GenesysAttachment, LineAttachment } from "../translate/line/line-attachment.ts";
import type { RenderContext } from "../translate/line-pushes.ts";
import { picturesOf } from "../translate/pictures-of.ts";
import type { StoreAttachment } from "./store-attachment.ts";

/** Number of the first picture of a card among the hosted files of a message, behind all attachments. */
const FIRST_PICTURE = 1_000_000;

/**
 * Hosts all that a Genesys message points to and that LINE's phones could not fetch later. Calls
 * `ensureTime` before each file. Throws what `storeAttachment` throws of attachments, and
 * PermanentFailure for one that cannot be read.
 */
export type HostMedia = (
  brand: string,
  message: OutboundMessage,
  ensureTime: () => void,
) => Promise<Pick<RenderContext, "attachments" | "pictures">>;

export function createHostMedia(deps: {
  storeAttachment: StoreAttachment;
  /** Where Genesys Cloud keeps files. */
  genesysOrigins: ReadonlySet<string>;
  log: Pick<Log, "warn">;
}): HostMedia {
  /** A picture only adorns a card: one that cannot be had is left out. */
  async function pictureUrl(
    owner: Parameters<StoreAttachment>[0],
    index: number,
    picture: GenesysAttachment,
  ): Promise<string> {
    try {
      const hosted = await deps.storeAttachment(owner, index, picture);
      return hosted.kind === "image" ? hosted.url : "";
    } catch (error) {
      if (!(error instanceof PermanentFailure)) throw error;
      const { brand } = owner;
      deps.log.warn("Left out the picture of a card", { brand, ...errorFields(error) });
      return "";
    }
  }

  return async (brand, message, ensureTime) => {
    const owner = { brand, customer: message.channel.to.id, messageId: message.id };
    const attachments = new Map<number, LineAttachment>();
    for (const { index, attachment } of attachmentsOf(message)) {
      if (attachment === undefined) throw unreadable();
      ensureTime();
      attachments.set(index, await deps.storeAttachment(owner, index, attachment));
    }
    const pictures = new Map<string, string>();
    for (const [index, url] of picturesOf(message, deps.genesysOrigins).entries()) {
      ensureTime();
      const picture = { mediaType: "Image", url };
      pictures.set(url, await pictureUrl(owner, FIRST_PICTURE + index, picture));
    }
    return { attachments, pictures };
  };
}

function unreadable(): PermanentFailure {
  return new PermanentFailure(
    "AttachmentUnreadable",
    "An attachment of the message has no url.",
    "InvalidMessageStructure",
  );
}
