import * as z from "zod";
import type { WebhookEvent } from "../../shared/line/webhook-event.ts";

const members = z.looseObject({ members: z.array(z.unknown()) });
const joinedEvent = z.looseObject({ joined: members });
const leftEvent = z.looseObject({ left: members });

/** https://developers.line.biz/en/reference/messaging-api/#join-event */
export function joinNote(): string {
  return "[LINE JOIN: the account has been invited to the group]";
}

/** https://developers.line.biz/en/reference/messaging-api/#leave-event */
export function leaveNote(): string {
  return "[LINE LEAVE: the account is no longer in the group]";
}

/** https://developers.line.biz/en/reference/messaging-api/#member-joined-event */
export function memberJoinedNote(event: WebhookEvent): string {
  const { length } = joinedEvent.parse(event).joined.members;
  return `[LINE MEMBERS: ${people(length)} joined the group]`;
}

/** https://developers.line.biz/en/reference/messaging-api/#member-left-event */
export function memberLeftNote(event: WebhookEvent): string {
  const { length } = leftEvent.parse(event).left.members;
  return `[LINE MEMBERS: ${people(length)} left the group]`;
}

function people(count: number): string {
  return count === 1 ? "1 person has" : `${count} people have`;
}
