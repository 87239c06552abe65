import { createHash } from "node:crypto";
import type { LineCustomers } from "./customers.ts";

/** A group chat, or a room ("multi-person chat", of LINE before 10.17). */
export interface LineGroup {
  /** `C` or, for a room, `R`, and 32 hexadecimal digits. */
  id: string;
  /** Rooms have none. */
  name?: string;
  memberIds: string[];
}

/** The groups and rooms of the simulated LINE. An account is in each of them until it leaves. */
export interface LineGroups {
  /**
   * The group with this name, made on first use, with these customers among its members; the same
   * name gives the same id. State only; `LinePlatform.cause` also tells the channel.
   */
  named(groupName: string, memberNames?: string[]): LineGroup;
  /** The room of exactly these customers. */
  room(memberNames: string[]): LineGroup;
  byId(id: string): LineGroup | undefined;
  list(): LineGroup[];
  addMember(id: string, userId: string): void;
  removeMember(id: string, userId: string): void;
  addAccount(brandKey: string, id: string): void;
  removeAccount(brandKey: string, id: string): void;
  /** True for an id that nobody knows, as long as the account has not left it. */
  hasAccount(brandKey: string, id: string): boolean;
}

export function createLineGroups(customers: LineCustomers): LineGroups {
  const groups = new Map<string, { name?: string; members: Set<string> }>();
  const left = new Set<string>();

  const shown = (id: string): LineGroup | undefined => {
    const group = groups.get(id);
    return group && { id, ...(group.name && { name: group.name }), memberIds: [...group.members] };
  };
  const found = (id: string, memberNames: string[], name?: string): LineGroup => {
    const members = groups.get(id)?.members ?? new Set();
    for (const memberName of memberNames) {
      members.add(customers.named(memberName).userId);
    }
    groups.set(id, { ...(name && { name }), members });
    return { id, ...(name && { name }), memberIds: [...members] };
  };

  return {
    named: (groupName, memberNames = []) => found(`C${digits(groupName)}`, memberNames, groupName),
    room: (memberNames) =>
      found(`R${digits(JSON.stringify([...memberNames].sort()))}`, memberNames),
    byId: shown,
    list: () => [...groups.keys()].flatMap((id) => shown(id) ?? []),
    addMember: (id, userId) => void groups.get(id)?.members.add(userId),
    removeMember: (id, userId) => void groups.get(id)?.members.delete(userId),
    addAccount: (brandKey, id) => void left.delete(`${brandKey} ${id}`),
    removeAccount: (brandKey, id) => void left.add(`${brandKey} ${id}`),
    hasAccount: (brandKey, id) => !left.has(`${brandKey} ${id}`),
  };
}

function digits(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}
