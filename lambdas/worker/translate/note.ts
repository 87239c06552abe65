import { NOTES, type NoteKind } from "../../shared/contract/brand-settings.ts";
import type { WebhookEvent } from "../../shared/line/webhook-event.ts";
import { accountLinkNote } from "./account-link.ts";
import { beaconNote } from "./beacon.ts";
import { followNote, isUnblocking, unblockNote, unfollowNote } from "./friendship.ts";
import { joinNote, leaveNote, memberJoinedNote, memberLeftNote } from "./group-members.ts";
import { membershipNote } from "./membership.ts";
import type { Content } from "./translation.ts";
import { unknownNote } from "./unknown.ts";
import { unsendNote } from "./unsend.ts";
import { videoPlayCompleteNote } from "./video-play-complete.ts";

const TEXTS: Record<NoteKind, (event: WebhookEvent) => string> = {
  unsend: unsendNote,
  follow: followNote,
  unblock: unblockNote,
  unfollow: unfollowNote,
  join: joinNote,
  leave: leaveNote,
  memberJoined: memberJoinedNote,
  memberLeft: memberLeftNote,
  beacon: beaconNote,
  accountLink: accountLinkNote,
  membership: membershipNote,
  videoPlayComplete: videoPlayCompleteNote,
};

/** A short note for an event without a message, if the brand's `notes` name its kind. */
export function translateNote(
  event: WebhookEvent,
  notes: readonly NoteKind[],
): Content | undefined {
  const kind = isUnblocking(event) ? "unblock" : NOTES.find((name) => name === event.type);
  if (kind === undefined) return unknownEvent(event);
  return notes.includes(kind) ? { text: TEXTS[kind](event) } : undefined;
}

/** An event with a reply token comes from a customer. The others come from LINE itself, such as a suspension. */
function unknownEvent(event: WebhookEvent): Content | undefined {
  return event.replyToken ? { text: unknownNote(event.type, "event") } : undefined;
}
