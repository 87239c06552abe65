import { PermanentFailure, RefusedForNow } from "../shared/failures/failures.ts";
import type { Button, ButtonData } from "../shared/genesys/button-data.ts";
import type { InboundMessage } from "../shared/genesys/inbound-message.ts";
import type { Attempt } from "../shared/queue/attempt.ts";
import type { Claim } from "./deliver-once.ts";
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

/**
 * Posts one part of an event to Genesys, which it has claimed before: media before it is fetched, all else when there
 * is a turn for it. Throws what the Genesys client, the fetching of media and the claim throw.
 */
export type Part = (claim: Claim) => Promise<void>;

/** An event of which a part is posted. */
interface Posting extends QueuedEvent {
  claim: Claim;
}

/**
 * Tries, about a minute, after which Genesys' refusal for now counts as one for good where there is another way to
 * say it.
 */
const PASSING_TRIES = 6;

/** What is to be posted for an event, in order; each part once. */
export function partsOf(
  { text, attachment, media, button }: Translation,
  sender: MessageSender,
  queued: QueuedEvent,
  deps: PartsDependencies,
): Part[] {
  if (button !== undefined)
    return [(claim) => postButton(button, text, sender, { ...queued, claim })];
  if (media !== undefined)
    return [(claim) => postMedia(media, text, sender, { ...queued, claim }, deps)];
  const content = { text, ...(attachment && { attachment }) };
  const textAlone = genesysMessages({ text }, sender);
  return genesysMessages(content, sender).map(
    (message): Part =>
      (claim) =>
        postMessage(message, textAlone, { ...queued, claim }),
  );
}

/** Posts a message; where Genesys refuses it with its attachment, what else there is to say. */
async function postMessage(
  message: InboundMessage,
  otherwise: readonly InboundMessage[],
  posting: Posting,
): Promise<void> {
  const { attempt } = posting;
  try {
    await postAll([message], posting);
  } catch (error) {
    if (message.content === undefined || !(await isRefused(error, attempt))) throw error;
    await postAll(otherwise, posting);
  }
}

async function isRefused(error: unknown, { failures }: Attempt): Promise<boolean> {
  if (error instanceof RefusedForNow) return (await failures()) >= PASSING_TRIES - 1;
  return error instanceof PermanentFailure;
}

async function postAll(
  messages: readonly InboundMessage[],
  { brand, attempt, claim }: Posting,
): Promise<void> {
  for (const message of messages) {
    await brand.genesys.postMessage(message, { ...attempt, beforeRequest: claim });
  }
}

/** Says the button's text where Genesys does not take the tap, for example when its conversation has ended. */
async function postButton(
  data: ButtonData,
  unknown: string,
  sender: MessageSender,
  posting: Posting,
): Promise<void> {
  const { brand, attempt, claim } = posting;
  const button = await findButton(data, brand);
  // The deprecated endpoint knows no structured responses.
  if (button !== undefined && brand.settings.endpoint !== "legacy") {
    try {
      const response = genesysStructuredResponse(button, sender);
      const claiming = { ...attempt, beforeRequest: claim };
      return await brand.genesys.postStructuredResponse(response, claiming);
    } catch (error) {
      if (!(await isRefused(error, attempt))) throw error;
    }
  }
  await postAll(genesysMessages({ text: button?.text || unknown }, sender), posting);
}

async function findButton(data: ButtonData, brand: WorkerBrand): Promise<Button | undefined> {
  if (data.kind === "button") return data.button;
  return brand.buttons.get(data.originatingMessageId, data.index);
}

async function postMedia(
  media: LineMedia,
  text: string,
  sender: MessageSender,
  posting: Posting,
  deps: PartsDependencies,
): Promise<void> {
  const { brand, event, attempt, claim } = posting;
  await claim();
  const { timestamp } = event;
  const request = { brand, customer: sender.customer.id, media, timestamp, attempt };
  const outcome = await deps.fetchMedia(request).catch((reason: unknown) => {
    throw new NotFetched(reason);
  });
  await postOutcome({ media, outcome, text }, sender, posting, deps);
}

/** Posts what became of media. Throws what the Genesys client throws. */
export async function postOutcome(
  { media, outcome, text }: { media: LineMedia; outcome: MediaOutcome; text: string },
  sender: MessageSender,
  posting: Posting,
  { attachmentBytes }: Pick<PartsDependencies, "attachmentBytes">,
): Promise<void> {
  const messagesFor = (described: ReturnType<typeof describeMedia>) =>
    genesysMessages(
      { ...described, text: [text, described.text].filter(Boolean).join("\n") },
      sender,
    );
  const refused = messagesFor(describeRefusedMedia(media, outcome));
  for (const message of messagesFor(describeMedia(media, outcome, attachmentBytes))) {
    await postMessage(message, refused, posting);
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
  return (claim) => postAll(messages, { ...queued, claim });
}
