import type { WebhookEvent } from "../shared/line/webhook-event.ts";
import type { Customer } from "../shared/tables/customer.ts";
import type { Nickname } from "./nickname.ts";
import type { MessageSender } from "./translate/genesys-message.ts";

/** The customer whom an event comes from, and in a group the member who wrote, by the names that LINE tells. Never throws. */
export type NameAuthor = (
  brand: Parameters<Nickname>[0],
  event: WebhookEvent,
  customer: string,
  known: Customer | undefined,
) => Promise<Pick<MessageSender, "customer" | "author">>;

/** A member who has not agreed to be known to accounts has no id, or no profile. */
const UNNAMED = "Unnamed member";

export function createNameAuthor(nickname: Nickname): NameAuthor {
  return async (brand, { type, source }, customer, known) => {
    const { groupId, roomId, userId } = source ?? {};
    if (!groupId && !roomId) {
      return {
        customer: { id: customer, nickname: await nickname(brand, { userId: customer }, known) },
      };
    }
    const [name, author] = await Promise.all([
      groupId ? nickname(brand, { groupId }, known) : undefined,
      userId ? nickname(brand, memberOf(groupId, roomId, userId)) : undefined,
    ]);
    const isSaidByMember = Boolean(userId) || type === "message";
    return {
      customer: { id: customer, nickname: name },
      ...(isSaidByMember && { author: author ?? UNNAMED }),
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
