import { PermanentFailure, RefusedForNow } from "../shared/failures/failures.ts";
import type { Button, ButtonData } from "../shared/genesys/button-data.ts";
import type { InboundMessage } from "../shared/genesys/inbound-message.ts";
import type { Attempt } from "../shared/queue/attempt.ts";
import type { FetchLineMedia } from "./media/fetch-line-media.ts";
import { NotFetched } from "./media/late-media.ts";
import type { QueuedEvent } from "./queued-event.ts";
import {
  genesysMessages,
  genesysStructuredResponse,
  type MessageSender,
} from "./translate/genesys-message.ts";
import { describeLateMedia, describeMedia, describeRefusedMedia } from "./translate/media.ts";
import type { LineMedia, MediaOutcome, Translation } from "./translate/translation.ts";
import type { WorkerBrand } from "./worker-brand.ts";

export interface PartsDependencies {
  fetchMedia: FetchLineMedia;
  /** Bytes up to which Genesys takes media as an attachment. */
  attachmentBytes: number;
  /** A time (ms) as agents read it. */
  timeOf(milliseconds: number): string;
}

/** Posts one part of an event to Genesys. Throws what the Genesys client and the fetching of media throw. */
export type Part = () => Promise<void>;

/** Tries, about a minute, after which Genesys' refusal for now counts as one for good where there is another way to say it. */
const PASSING_TRIES = 6;

/** What is to be posted for an event, in order; each part once. */
export function partsOf(
  { text, attachment, media, button }: Translation,
  sender: MessageSender,
  queued: QueuedEvent,
  deps: PartsDependencies,
): Part[] {
  if (button !== undefined) return [() => postButton(button, text, sender, queued)];
  if (media !== undefined) return [() => postMedia(media, text, sender, queued, deps)];
  const content = { text, ...(attachment && { attachment }) };
  const textAlone = genesysMessages({ text }, sender);
  return genesysMessages(content, sender).map(
    (message): Part =>
      () =>
        postMessage(message, textAlone, queued),
  );
}

/** Posts a message; where Genesys refuses it with its attachment, what else there is to say. */
async function postMessage(
  message: InboundMessage,
  otherwise: readonly InboundMessage[],
  queued: QueuedEvent,
): Promise<void> {
  const { brand, attempt } = queued;
  try {
    await brand.genesys.postMessage(message, attempt);
  } catch (error) {
    if (message.content === undefined || !(await isRefused(error, attempt))) throw error;
    await postAll(otherwise, queued);
  }
}

async function isRefused(error: unknown, { failures }: Attempt): Promise<boolean> {
  if (error instanceof RefusedForNow) return (await failures()) >= PASSING_TRIES - 1;
  return error instanceof PermanentFailure;
}

async function postAll(
  messages: readonly InboundMessage[],
  { brand, attempt }: QueuedEvent,
): Promise<void> {
  for (const message of messages) await brand.genesys.postMessage(message, attempt);
}

/** Says the button's text where Genesys does not take the tap, for example when its conversation has ended. */
async function postButton(
  data: ButtonData,
  unknown: string,
  sender: MessageSender,
  queued: QueuedEvent,
): Promise<void> {
  const { brand, attempt } = queued;
  const button = await findButton(data, brand);
  // The deprecated endpoint knows no structured responses.
  if (button !== undefined && brand.settings.endpoint !== "legacy") {
    try {
      const response = genesysStructuredResponse(button, sender);
      return await brand.genesys.postStructuredResponse(response, attempt);
    } catch (error) {
      if (!(await isRefused(error, attempt))) throw error;
    }
  }
  await postAll(genesysMessages({ text: button?.text || unknown }, sender), queued);
}

async function findButton(data: ButtonData, brand: WorkerBrand): Promise<Button | undefined> {
  if (data.kind === "button") return data.button;
  return brand.buttons.get(data.originatingMessageId, data.index);
}

async function postMedia(
  media: LineMedia,
  text: string,
  sender: MessageSender,
  queued: QueuedEvent,
  deps: PartsDependencies,
): Promise<void> {
  const { brand, event, attempt } = queued;
  const { timestamp } = event;
  const request = { brand, customer: sender.customer.id, media, timestamp, attempt };
  const outcome = await deps.fetchMedia(request).catch((reason: unknown) => {
    throw new NotFetched(reason);
  });
  await postOutcome({ media, outcome, text }, sender, queued, deps);
}

/** Posts what became of media. Throws what the Genesys client throws. */
export async function postOutcome(
  { media, outcome, text }: { media: LineMedia; outcome: MediaOutcome; text: string },
  sender: MessageSender,
  queued: QueuedEvent,
  { attachmentBytes }: Pick<PartsDependencies, "attachmentBytes">,
): Promise<void> {
  const messagesFor = (described: ReturnType<typeof describeMedia>) =>
    genesysMessages(
      { ...described, text: [text, described.text].filter(Boolean).join("\n") },
      sender,
    );
  const refused = messagesFor(describeRefusedMedia(media, outcome));
  for (const message of messagesFor(describeMedia(media, outcome, attachmentBytes))) {
    await postMessage(message, refused, queued);
  }
}

/** Says that an event's media comes later, in the place of the media. */
export function placeholderPart(
  { text, media }: { text: string; media: LineMedia },
  sender: MessageSender,
  queued: QueuedEvent,
  { timeOf }: Pick<PartsDependencies, "timeOf">,
): Part {
  const said = describeLateMedia(media, timeOf(sender.timestamp));
  const messages = genesysMessages({ text: [text, said].filter(Boolean).join("\n") }, sender);
  return () => postAll(messages, queued);
}
