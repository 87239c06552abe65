import * as z from "zod";
import type { LineCustomers } from "./customers.ts";
import type { LineGroups } from "./groups.ts";

/** Who causes an event, and where: a customer in the chat with the account, or in a group or room. */
export interface LineSource {
  /** The customer's name. LINE does not always say who in a group did something. */
  customer?: string | undefined;
  /** Id of the group or room. */
  group?: string | undefined;
}

/**
 * A source as webhooks have it (LINE Messaging API reference, Source user, group chat, multi-person
 * chat). Throws without customer and group, for an unknown group, for a customer who is not a member, and,
 * where `brandKey` says which account must be there, for a group that it has left.
 */
export function createSourceOf(customers: LineCustomers, groups: LineGroups) {
  return (brandKey: string | undefined, { customer, group: id }: LineSource) => {
    const userId = customer === undefined ? undefined : customers.named(customer).userId;
    if (id === undefined) {
      if (userId === undefined) {
        throw new Error("An event comes from a customer, a group or both");
      }
      return { type: "user", userId };
    }
    const group = groups.byId(id);
    if (group === undefined) {
      throw new Error(`There is no group or room ${id}`);
    }
    if (brandKey !== undefined && !groups.hasAccount(brandKey, id)) {
      throw new Error(`The account of ${brandKey} is not in ${id}`);
    }
    if (userId !== undefined && !group.memberIds.includes(userId)) {
      throw new Error(`${customer} is not in ${id}`);
    }
    const member = userId === undefined ? {} : { userId };
    return id.startsWith("R")
      ? { type: "room", roomId: id, ...member }
      : { type: "group", groupId: id, ...member };
  };
}

const withSource = z.object({
  timestamp: z.number(),
  source: z.object({
    userId: z.string().optional(),
    groupId: z.string().optional(),
    roomId: z.string().optional(),
  }),
});

/**
 * When an event happened, who caused it, as far as LINE says, and the id of the chat that it happened in.
 * Undefined for an event that does not say when and where.
 */
export function originOf(
  event: object,
): { timestamp: number; userId?: string | undefined; chatId: string } | undefined {
  const { timestamp, source } = withSource.safeParse(event).data ?? {};
  const chatId = source?.groupId ?? source?.roomId ?? source?.userId;
  return timestamp === undefined || !chatId
    ? undefined
    : { timestamp, userId: source?.userId, chatId };
}
