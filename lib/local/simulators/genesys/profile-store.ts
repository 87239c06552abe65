import { randomUUID } from "node:crypto";

/** A supported content profile or a messaging setting, with whatever its kind has besides the name. */
export interface Profile {
  id: string;
  name: string;
}

export interface ProfileStore {
  list(): Profile[];
  find(id: string): Profile | undefined;
  /** What a new integration gets that names none. */
  standard(): Profile;
  add(profile: { name: string }): Profile;
}

/** The profiles of one kind; at the start there is the organisation's default alone. */
export function createProfileStore(standard: { name: string }): ProfileStore {
  const first: Profile = { ...standard, id: randomUUID() };
  const all = [first];
  return {
    list: () => [...all],
    find: (id) => all.find((profile) => profile.id === id),
    standard: () => first,
    add(profile) {
      const added: Profile = { ...profile, id: randomUUID() };
      all.push(added);
      return added;
    },
  };
}
