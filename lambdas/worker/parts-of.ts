import type { BrandSettings } from "../shared/contract/brand-settings.ts";
import { PermanentFailure } from "../shared/failures/failures.ts";
import type { Button, ButtonData } from "../shared/genesys/button-data.ts";
import type { InboundMessage } from "../shared/genesys/inbound-message.ts";
import type { WebhookEvent } from "../shared/line/webhook-event.ts";
import type { ButtonTable } from "../shared/tables/button-table.ts";
import type { GenesysClient } from "./genesys/client.ts";
import type { FetchLineMedia } from "./media/fetch-line-media.ts";
import {
  genesysMessages,
  genesysStructuredResponse,
  type MessageSender,
} from "./translate/genesys-message.ts";
import { describeMedia, describeRefusedMedia } from "./translate/media.ts";
import type { LineMedia, Translation } from "./translate/translation.ts";

/** A LINE event from the queue. */
export interface QueuedEvent {
  brand: string;
  settings: BrandSettings;
  event: WebhookEvent;
  /** It has been received before, and perhaps tried. */
  isRepeated: boolean;
  /** How often trying it has failed. */
  failures(): Promise<number>;
}

export interface PartsDependencies {
  fetchMedia: FetchLineMedia;
  /** Bytes up to which Genesys takes media as an attachment. */
  attachmentBytes: number;
  buttons: Pick<ButtonTable, "get">;
  genesys: Pick<GenesysClient, "postMessage" | "postStructuredResponse">;
}

/** Posts one part of an event to Genesys. Throws what the Genesys client and the fetching of media throw. */
export type Part = () => Promise<void>;

/** What is to be posted for an event, in order; each part once. */
export function partsOf(
  { text, attachment, media, button }: Translation,
  sender: MessageSender,
  queued: QueuedEvent,
  deps: PartsDependencies,
): Part[] {
  if (button !== undefined) return [() => postButton(button, text, sender, queued, deps)];
  if (media !== undefined) return [() => postMedia(media, text, sender, queued, deps)];
  const content = { text, ...(attachment && { attachment }) };
  const textAlone = genesysMessages({ text }, sender);
  return genesysMessages(content, sender).map(
    (message): Part =>
      () =>
        postMessage(message, textAlone, queued, deps),
  );
}

/** Posts a message; where Genesys refuses it with its attachment, what else there is to say. */
async function postMessage(
  message: InboundMessage,
  otherwise: readonly InboundMessage[],
  { brand, settings }: QueuedEvent,
  deps: PartsDependencies,
): Promise<void> {
  try {
    await deps.genesys.postMessage(brand, settings.endpoint, message);
  } catch (error) {
    if (!(error instanceof PermanentFailure) || message.content === undefined) throw error;
    await postAll(otherwise, brand, settings, deps);
  }
}

async function postAll(
  messages: readonly InboundMessage[],
  brand: string,
  settings: BrandSettings,
  deps: PartsDependencies,
): Promise<void> {
  for (const message of messages) {
    await deps.genesys.postMessage(brand, settings.endpoint, message);
  }
}

/** Says the button's text where Genesys does not take the tap, for example when its conversation has ended. */
async function postButton(
  data: ButtonData,
  unknown: string,
  sender: MessageSender,
  { brand, settings }: QueuedEvent,
  deps: PartsDependencies,
): Promise<void> {
  const button = await findButton(brand, data, deps);
  // The deprecated endpoint knows no structured responses.
  if (button !== undefined && settings.endpoint !== "legacy") {
    try {
      await deps.genesys.postStructuredResponse(brand, genesysStructuredResponse(button, sender));
      return;
    } catch (error) {
      if (!(error instanceof PermanentFailure)) throw error;
    }
  }
  await postAll(genesysMessages({ text: button?.text || unknown }, sender), brand, settings, deps);
}

async function findButton(
  brand: string,
  data: ButtonData,
  deps: PartsDependencies,
): Promise<Button | undefined> {
  if (data.kind === "button") return data.button;
  return deps.buttons.get(brand, data.originatingMessageId, data.index);
}

async function postMedia(
  media: LineMedia,
  text: string,
  sender: MessageSender,
  queued: QueuedEvent,
  deps: PartsDependencies,
): Promise<void> {
  const outcome = await deps.fetchMedia({
    brand: queued.brand,
    customer: sender.customer.id,
    media,
    timestamp: queued.event.timestamp,
    isRepeated: queued.isRepeated,
    failures: queued.failures,
  });
  const messagesFor = (described: ReturnType<typeof describeMedia>) =>
    genesysMessages(
      { ...described, text: [text, described.text].filter(Boolean).join("\n") },
      sender,
    );
  const refused = messagesFor(describeRefusedMedia(media, outcome));
  for (const message of messagesFor(describeMedia(media, outcome, deps.attachmentBytes))) {
    await postMessage(message, refused, queued, deps);
  }
}
