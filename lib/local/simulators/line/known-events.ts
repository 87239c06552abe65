import * as z from "zod";

/** More than a person sends; a run of hours must not grow without a limit. */
const MAX_EVENTS = 10_000;

const named = z.object({ webhookEventId: z.string() });

/** Which events a channel has been sent, by LINE or by somebody else. */
export interface KnownEvents {
  /** Those of the events that were unknown and have an id. */
  add(brandKey: string, events: object[]): object[];
}

/** Knows the last 10,000 events. */
export function createKnownEvents(): KnownEvents {
  const known = new Set<string>();
  return {
    add: (brandKey, events) =>
      events.filter((event) => {
        const id = named.safeParse(event).data?.webhookEventId;
        const key = `${brandKey} ${id}`;
        if (id === undefined || known.has(key)) return false;
        known.add(key);
        const [oldest] = known;
        if (known.size > MAX_EVENTS && oldest !== undefined) known.delete(oldest);
        return true;
      }),
  };
}
