import * as z from "zod";
import type { CallGenesys } from "./genesys-api.ts";
import { listAll } from "./list-all.ts";
import type { IntegrationChange, OpenIntegration } from "./open-integrations.ts";
import { parseAnswer } from "./parse-answer.ts";
import type { Permission } from "./permissions.ts";
import { isAccepted, refusedBy } from "./refusal.ts";

/** The name of what set-up makes for the bridge; all brands of an organisation share it. */
export const BRIDGE_PROFILE = "LINE bridge";

export interface Profile {
  id: string;
  name: string;
}

/**
 * Something of which an organisation has several and an integration one: a supported content profile or a messaging
 * setting.
 */
export interface ProfileKind<Own extends Profile> {
  /** As the console names it. */
  noun: string;
  path: string;
  schema: z.ZodType<Own>;
  permissions: Record<"view" | "add" | "edit", Permission>;
  /** The one of an integration, and the change that gives it another. */
  of(integration: OpenIntegration): { id: string } | null | undefined;
  attach(id: string): IntegrationChange;
  /** The body of the bridge's own one, besides the name; of `existing`, it keeps what people have added. */
  own(existing?: Own): object;
  /** What people have to see to where an integration gets another one. */
  caution?: string;
  /** What it lacks for what the bridge carries, in words. */
  faults(profile: Own): string[];
  /** What it also lacks, where that may be people's choice. */
  choices(profile: Own): string[];
}

/**
 * The profiles of one kind. Every call throws MissingPermission or OperatorError when it is refused, and the errors
 * of CallGenesys.
 */
export interface Profiles<Own extends Profile> {
  all(): Promise<Own[]>;
  /** Undefined if there is none with this id. */
  get(id: string): Promise<Own | undefined>;
  /** The organisation's default, which integrations get that name none. Undefined if there is none. */
  standard(): Promise<Own | undefined>;
  create(): Promise<Profile>;
  repair(profile: Own): Promise<void>;
}

const profileSchema = z.object({ id: z.string(), name: z.string().default("") });

export function createProfiles<Own extends Profile>(
  call: CallGenesys,
  { noun, path, schema, permissions, own }: ProfileKind<Own>,
): Profiles<Own> {
  async function get(id: string): Promise<Own | undefined> {
    const answer = await call("GET", `${path}/${encodeURIComponent(id)}`);
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw refusedBy(`read the ${noun}`, [permissions.view], answer);
    return parseAnswer("Genesys Cloud", schema, answer.body);
  }
  return {
    get,
    standard: () => get("default"),
    all: () =>
      listAll(call, path, schema, { doing: `list every ${noun}`, needed: [permissions.view] }),
    async create() {
      const answer = await call("POST", path, { name: BRIDGE_PROFILE, ...own() });
      if (!isAccepted(answer)) throw refusedBy(`create the ${noun}`, [permissions.add], answer);
      return parseAnswer("Genesys Cloud", profileSchema, answer.body);
    },
    async repair(profile) {
      const one = `${path}/${encodeURIComponent(profile.id)}`;
      const answer = await call("PATCH", one, { name: profile.name, ...own(profile) });
      if (!isAccepted(answer)) throw refusedBy(`change the ${noun}`, [permissions.edit], answer);
    },
  };
}
