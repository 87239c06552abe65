import type { LocalRun } from "../../lib/local/local-run.ts";
import { FORGERY, markIn, type Spoken } from "./conversation.ts";
import { causeOfUnclear, type Ledger, recordKey } from "./ledger.ts";
import { type FirstArrival, judgeOrder, noSwaps, type Swaps } from "./order.ts";
import type { DeadLetter } from "./queue-operator.ts";
import { afterTroubles, besideTroubles, type Times } from "./reach.ts";
import type { Troubles } from "./troubles.ts";

/** How one direction of a run ended. */
export interface Score {
  sent: number;
  delivered: number;
  /** Further times that a message arrived, each with what explains it; "" for nothing does. */
  doubles: { index: number; cause: string }[];
  /** Pairs of one customer's messages that arrived in another order than they were written, or stored. */
  swaps: Swaps;
  lost: number[];
  /** Where somebody else reads them, or with the words of another. */
  misdelivered: number[];
  /** In the dead-letter queue although nothing was wrong with them; -1 for what is no message. */
  wronglyParked: number[];
  deadLettered: Map<string, number>;
  longestDelayMs: number;
  /** Of healthy brands' messages beside brands in trouble, and of those of the brand that was down, after that. */
  beside: Times;
  recovery: Times;
}

export interface Verdict {
  inbound: Score;
  outbound: Score;
  /** Deliveries to Genesys Cloud that the worker was seen to note. */
  noted: number;
  /** Messages of strangers that agents got to read. */
  intruders: number;
  /** Agents' messages that LINE refused for good, and of which Genesys Cloud did not hear. */
  untold: number[];
  /** Messages for which LINE was given a reply token that it had taken before, or that another message had used. */
  reused: number[];
}

/** One arrival at the other side, in the order of arrival there. */
interface Arrival {
  index: number;
  part: number;
  at: number;
  /** What is said there, as far as it tells whose words it is. */
  words: number | undefined;
  /** It says that media comes later, as part 2. */
  isPlaceholder?: boolean;
}

const PLACEHOLDER = /is still loading and follows later\]/;

/** Why the other side's refusal for good parks a message. */
const REFUSALS = new Set(["GenesysRefused", "LineRefused"]);

/** Compares what was said with what arrived. Clock skews in ms are what the platforms' clocks are ahead. */
export function judge(
  run: Pick<LocalRun, "ready" | "line" | "genesys">,
  ledger: Ledger,
  letters: { inbound: DeadLetter[]; outbound: DeadLetter[] },
  skew: { line: number; genesys: number },
  troubles: Pick<Troubles, "period" | "stuck">,
): Verdict {
  const { line, genesys } = run;
  if (line === undefined || genesys === undefined) throw new Error("chaos needs the simulators");
  const told = new Set<string>();
  const brandKeys = Object.keys(run.ready.brands);
  for (const brandKey of brandKeys) {
    for (const { id, status } of genesys.receipts(brandKey)) if (status === "Failed") told.add(id);
  }
  const inbound = score(
    "inbound",
    ({ brandKey, customer }) =>
      genesys.messages(brandKey, customer.userId).flatMap(({ messageId = "", at, text = "" }) => {
        const [id = "", part = "1"] = messageId.split("#");
        const index = ledger.byId.get(id)?.index;
        const words = markIn(text)?.index;
        return index === undefined
          ? []
          : [
              {
                index,
                part: Number(part),
                at: at - skew.genesys,
                words,
                isPlaceholder: PLACEHOLDER.test(text),
              },
            ];
      }),
    letters.inbound,
    causeOfDouble,
  );
  const outbound = score(
    "outbound",
    ({ brandKey, customer }) =>
      line.inbox(brandKey, customer.userId).flatMap(({ message, at }) => {
        const mark = markIn(JSON.stringify(message));
        return mark === undefined ? [] : [{ ...mark, at: at - skew.line, words: mark.index }];
      }),
    letters.outbound,
    causeOfSecondAnswer,
  );
  const refused = letters.outbound.flatMap(({ id }) => ledger.byId.get(id ?? "") ?? []);
  return {
    inbound,
    outbound,
    noted: ledger.spoken.filter((one) => ledger.notedAt.has(recordKey(one, 1))).length,
    intruders: brandKeys
      .flatMap((brandKey) => genesys.conversations(brandKey))
      .flatMap(({ messages }) => messages)
      .filter(({ text }) => text?.includes(FORGERY)).length,
    reused: reusedTokens(ledger),
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
    const swaps = noSwaps();
    const misdelivered: number[] = [];
    let longestDelayMs = 0;
    const arrivedAt = new Map<number, number>();
    /** Messages whose media comes later. */
    const late = new Set<number>();
    const customers = new Map(said.map((one) => [`${one.brandKey} ${one.customer.userId}`, one]));
    for (const anyOfCustomer of customers.values()) {
      const first: FirstArrival[] = [];
      for (const arrival of arrivalsOf(anyOfCustomer)) {
        const { index, part, at, words = index, isPlaceholder } = arrival;
        if (isPlaceholder) late.add(index);
        const one = ledger.spoken[index];
        if (one === undefined || one.direction !== direction) continue;
        const isAstray = words !== index || !isSameChat(one, anyOfCustomer);
        if (isAstray) misdelivered.push(index);
        const nth = (arrived.get(`${index}#${part}`) ?? 0) + 1;
        arrived.set(`${index}#${part}`, nth);
        if (nth > 1) {
          doubles.push({ index, cause: causeOf(one, part, nth) });
          continue;
        }
        arrivedAt.set(index, Math.max(at, arrivedAt.get(index) ?? at));
        longestDelayMs = Math.max(longestDelayMs, at - (ledger.begunAt.get(index) ?? at));
        // What came without its media waits for nobody, and nobody for its media.
        const isLateMedia = one.kind === "image" && part > one.parts;
        if (!isAstray && !isLateMedia) first.push({ index, part, at, ...placeOf(one) });
      }
      judgeOrder(first, ledger.receives, swaps);
    }
    const dead = new Set(deadLetters.map(({ id }) => id));
    const isWhole = ({ index, parts }: Spoken) =>
      Array.from(
        { length: late.has(index) ? parts + 1 : parts },
        (_, part) => `${index}#${part + 1}`,
      ).every((key) => arrived.has(key));
    const until = troubles.period()?.until;
    const deadLettered = new Map<string, number>();
    for (const { reason } of deadLetters) {
      deadLettered.set(reason, (deadLettered.get(reason) ?? 0) + 1);
    }
    return {
      sent: said.length,
      delivered: said.filter(isWhole).length,
      doubles,
      swaps,
      lost: said
        .filter((one) => {
          if (one.isPoison) return !dead.has(one.id);
          return !isWhole(one) && !(mayFail(one) && dead.has(one.id));
        })
        .map(({ index }) => index),
      misdelivered,
      wronglyParked: deadLetters
        .filter(({ id, reason }) => !isReasonFor(reason, ledger.byId.get(id ?? "")))
        .map(({ id }) => ledger.byId.get(id ?? "")?.index ?? -1),
      deadLettered,
      longestDelayMs,
      beside: besideTroubles(ledger, said, arrivedAt, until),
      recovery: afterTroubles(ledger, said, arrivedAt, {
        until,
        stuck: troubles.stuck(),
      }),
    };
  }

  /** Whether it is in order that a message is parked for this reason. */
  function isReasonFor(reason: string, one: Spoken | undefined): boolean {
    if (one === undefined) return false;
    return reason === "ReplyUnclear"
      ? causeOfUnclear(one, ledger) !== ""
      : REFUSALS.has(reason) && one.isPoison;
  }

  function mayFail(one: Spoken): boolean {
    return one.direction === "outbound" && causeOfUnclear(one, ledger) !== "";
  }

  /** A reply of which nobody knows whether it has arrived is followed by a push. */
  function causeOfSecondAnswer(one: Spoken): string {
    const hasReplied = ledger.replies.some(({ index }) => index === one.index);
    return hasReplied ? causeOfUnclear(one, ledger) : "";
  }

  /** SQS's sequence numbers are decimal and of 20 digits; they need not be consecutive. */
  function placeOf(one: Spoken): Pick<FirstArrival, "id" | "sequence" | "time"> {
    const id = one.event?.webhookEventId ?? one.id;
    const sequence = BigInt(ledger.sequences.get(id) ?? "0");
    return { id, sequence, time: ledger.writtenAt.get(one.index) };
  }

  /** What explains that Genesys Cloud took a part once more, after it had taken it before. */
  function causeOfDouble(one: Spoken, part: number, nth: number): string {
    const key = part === 1 ? one.id : `${one.id}#${part}`;
    const [earlier, again] = ledger.accepted.filter((each) => each.key === key).slice(nth - 2, nth);
    if (earlier === undefined || again === undefined) return "";
    if (earlier.lostBy !== undefined) return `the answer was lost (${earlier.lostBy})`;
    const notedAt = ledger.notedAt.get(recordKey(one, part)) ?? Number.POSITIVE_INFINITY;
    const wasKilled = ledger.kills.some(
      ({ service, from, to }) => service === "worker" && to >= earlier.at && from <= again.at,
    );
    return notedAt > again.at && wasKilled
      ? "the worker was killed before it had noted the acceptance"
      : "";
  }
}

function reusedTokens({ replies }: Ledger): number[] {
  const before = new Map<string, { index: number; isTaken: boolean }>();
  return replies.flatMap(({ token, index, status }) => {
    const known = before.get(token);
    before.set(token, { index, isTaken: status === 200 });
    return known !== undefined && (known.isTaken || known.index !== index) ? index : [];
  });
}

function isSameChat(one: Spoken, other: Spoken): boolean {
  return one.brandKey === other.brandKey && one.customer.userId === other.customer.userId;
}
