import type { LocalRun } from "../../lib/local/local-run.ts";
import { indexIn, type Spoken } from "./conversation.ts";
import type { DeadLetter } from "./dead-letters.ts";
import type { Ledger, Taken } from "./ledger.ts";

/** How one direction of a run ended. */
export interface Score {
  sent: number;
  delivered: number;
  /** Further times that a message arrived, each with what explains it; "" for nothing does. */
  doubles: { index: number; cause: string }[];
  /** Messages that arrived after one that SQS has stored later, of the same customer. */
  outOfOrder: number[];
  lost: number[];
  /** In the dead-letter queue although nothing was wrong with them. */
  wronglyParked: number[];
  deadLettered: Map<string, number>;
  longestDelayMs: number;
}

export interface Verdict {
  inbound: Score;
  outbound: Score;
  /** Agents' messages that LINE refused for good, and of which Genesys Cloud did not hear. */
  untold: number[];
}

/** One arrival at the other side, in the order of arrival there. */
interface Arrival {
  index: number;
  part: number;
  at: number;
}

/** How long a worker may take to note that Genesys Cloud has taken a message. */
const NOTING_MS = 3_000;

/** Compares what was said with what arrived. Clock skews in ms are what the platforms' clocks are ahead. */
export function judge(
  run: Pick<LocalRun, "line" | "genesys">,
  ledger: Ledger,
  letters: { inbound: DeadLetter[]; outbound: DeadLetter[] },
  skew: { line: number; genesys: number },
): Verdict {
  const { line, genesys } = run;
  if (line === undefined || genesys === undefined) throw new Error("chaos needs the simulators");
  const told = new Set<string>();
  for (const brandKey of new Set(ledger.spoken.map((one) => one.brandKey))) {
    for (const { id, status } of genesys.receipts(brandKey)) if (status === "Failed") told.add(id);
  }
  const inbound = score(
    "inbound",
    ({ brandKey, customer }) =>
      genesys.messages(brandKey, customer.userId).flatMap(({ messageId = "", at }) => {
        const [id = "", part = "1"] = messageId.split("#");
        const index = ledger.byId.get(id)?.index;
        return index === undefined ? [] : [{ index, part: Number(part), at: at - skew.genesys }];
      }),
    letters.inbound,
    causeOfDouble,
  );
  const outbound = score(
    "outbound",
    ({ brandKey, customer }) =>
      line.inbox(brandKey, customer.userId).flatMap(({ message, at }) => {
        const index = indexIn(JSON.stringify(message));
        return index === undefined ? [] : [{ index, part: 1, at: at - skew.line }];
      }),
    letters.outbound,
    () => "",
  );
  const refused = letters.outbound.flatMap(({ id }) => ledger.byId.get(id ?? "") ?? []);
  return {
    inbound,
    outbound,
    untold: refused.filter(({ id }) => !told.has(id)).map(({ index }) => index),
  };

  function score(
    direction: Spoken["direction"],
    arrivalsOf: (one: Spoken) => Arrival[],
    deadLetters: DeadLetter[],
    causeOf: (one: Spoken, part: number, nth: number) => string,
  ): Score {
    const said = ledger.spoken.filter((one) => one.direction === direction);
    const arrived = new Map<string, number>();
    const doubles: Score["doubles"] = [];
    const outOfOrder: number[] = [];
    let longestDelayMs = 0;
    const customers = new Map(said.map((one) => [`${one.brandKey} ${one.customer.userId}`, one]));
    for (const anyOfCustomer of customers.values()) {
      let last = { sequence: "", part: 0 };
      for (const { index, part, at } of arrivalsOf(anyOfCustomer)) {
        const one = ledger.spoken[index];
        if (one === undefined || one.direction !== direction) continue;
        const nth = (arrived.get(`${index}#${part}`) ?? 0) + 1;
        arrived.set(`${index}#${part}`, nth);
        if (nth > 1) {
          doubles.push({ index, cause: causeOf(one, part, nth) });
          continue;
        }
        longestDelayMs = Math.max(longestDelayMs, at - (ledger.begunAt.get(index) ?? at));
        const now = { sequence: sequenceOf(one), part };
        if (!follows(now, last)) outOfOrder.push(index);
        last = now;
      }
    }
    const dead = new Map(deadLetters.map((letter) => [letter.id, letter.reason]));
    const isWhole = ({ index, parts }: Spoken) =>
      Array.from({ length: parts }, (_, part) => `${index}#${part + 1}`).every((key) =>
        arrived.has(key),
      );
    const deadLettered = new Map<string, number>();
    for (const { reason } of deadLetters) {
      deadLettered.set(reason, (deadLettered.get(reason) ?? 0) + 1);
    }
    return {
      sent: said.length,
      delivered: said.filter(isWhole).length,
      doubles,
      outOfOrder,
      lost: said
        .filter((one) => (one.isPoison ? !dead.has(one.id) : !isWhole(one)))
        .map(({ index }) => index),
      wronglyParked: said
        .filter(({ id, isPoison }) => !isPoison && dead.has(id))
        .map(({ index }) => index),
      deadLettered,
      longestDelayMs,
    };
  }

  function sequenceOf({ id, event }: Spoken): string {
    return ledger.sequences.get(event?.webhookEventId ?? id) ?? "";
  }

  /** What explains that Genesys Cloud took a part once more, after it had taken it before. */
  function causeOfDouble({ id }: Spoken, part: number, nth: number): string {
    const key = part === 1 ? id : `${id}#${part}`;
    const earlier = ledger.taken.filter((taken) => taken.key === key)[nth - 2];
    if (earlier === undefined) return "";
    if (earlier.lostBy !== undefined) return `the answer was lost (${earlier.lostBy})`;
    return wasKilled(earlier) ? "the worker was killed before it had noted the acceptance" : "";
  }

  function wasKilled({ at, answeredAt = at }: Taken): boolean {
    return ledger.kills.some(
      ({ service, from, to }) => service === "worker" && to >= at && from <= answeredAt + NOTING_MS,
    );
  }
}

/** SQS's sequence numbers are decimal and of 20 digits; they need not be consecutive. */
function follows(
  one: { sequence: string; part: number },
  before: { sequence: string; part: number },
): boolean {
  if (one.sequence === before.sequence) return one.part > before.part;
  return BigInt(one.sequence || "0") > BigInt(before.sequence || "0");
}

/** Whether the run keeps what the bridge promises. */
export function faultsOf({ inbound, outbound, untold }: Verdict): string[] {
  const unexplained = inbound.doubles.filter(({ cause }) => cause === "");
  const faults = [
    [inbound.lost, "messages of customers were lost"],
    [outbound.lost, "messages of agents were lost"],
    [unexplained.map(({ index }) => index), "messages of customers arrived twice for no reason"],
    [outbound.doubles.map(({ index }) => index), "messages of agents arrived twice"],
    [inbound.outOfOrder, "messages of customers arrived out of order"],
    [outbound.outOfOrder, "messages of agents arrived out of order"],
    [inbound.wronglyParked, "messages of customers were parked without a reason"],
    [outbound.wronglyParked, "messages of agents were parked without a reason"],
    [untold, "messages of agents failed without a receipt"],
  ] as const;
  return faults.flatMap(([indexes, what]) =>
    indexes.length === 0
      ? []
      : [`${indexes.length} ${what}: number ${indexes.slice(0, 5).join(", ")}`],
  );
}
