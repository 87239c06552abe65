import type { WebhookEvent } from "../shared/line/webhook-event.ts";
import type { Customer } from "../shared/tables/customer.ts";
import { profileAttributes } from "./profile-attributes.ts";
import type { ProfileOf } from "./profile-of.ts";
import type { MessageSender } from "./translate/genesys-message.ts";

/**
 * The customer whom an event comes from, with the custom attributes of the brand and of the profile, and in a group the
 * member who wrote, by the names that LINE tells. Without the profile where LINE is slow. Never throws.
 */
export type NameAuthor = (
  brand: Parameters<ProfileOf>[0],
  event: WebhookEvent,
  customer: string,
  known: Customer | undefined,
) => Promise<Pick<MessageSender, "customer" | "author" | "customAttributes">>;

/** A member who has not agreed to be known to accounts has no id, or no profile. */
const UNNAMED = "Unnamed member";

export function createNameAuthor(profileOf: ProfileOf): NameAuthor {
  return async (brand, { type, source }, customer, known) => {
    const { attributes, customAttributes } = brand.settings;
    const { groupId, roomId, userId } = source ?? {};
    const isGroup = Boolean(groupId || roomId);
    const party = groupId ? { groupId } : { userId: customer };
    const [profile, author] = await Promise.all([
      roomId ? undefined : profileOf(brand, party, known),
      isGroup && userId ? profileOf(brand, memberOf(groupId, roomId, userId)) : undefined,
    ]);
    const isSaidByMember = isGroup && (Boolean(userId) || type === "message");
    return {
      customer: { id: customer, nickname: profile?.displayName },
      // What the market and the brand have configured counts more.
      customAttributes: { ...profileAttributes(profile, attributes, isGroup), ...customAttributes },
      ...(isSaidByMember && { author: author?.displayName ?? UNNAMED }),
    };
  };
}

function memberOf(
  groupId: string | null | undefined,
  roomId: string | null | undefined,
  memberId: string,
) {
  return groupId ? { groupId, memberId } : { roomId: roomId ?? "", memberId };
}
