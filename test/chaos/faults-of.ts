import type { Score } from "./judge.ts";
import type { ChaosOutcome } from "./run-chaos.ts";

/** What must have happened in a run of some size, or its table says nothing. */
const EXPECTED = [
  "Genesys: brand down, 503",
  "Genesys: brand down, hangs",
  "Genesys: brand down, no answer",
  "Genesys: cut after",
  "Genesys: message that alone gets 503",
  "Genesys: outage, 503",
  "Genesys: slow brand",
  "LINE: brand down, 503",
  "LINE: brand down, no answer",
  "LINE: content comes late, 400",
  "LINE: cut after",
  "LINE: monthly limit, 429",
  "LINE: outage, 503",
  "LINE: replies taken",
  "LINE: reply token too late",
  "LINE: slow brand",
  "burst of a brand",
  "dynamodb: outage",
  "killed inbound",
  "killed when of a reply it is decided",
  "killed when of a reply its outcome is noted",
  "killed when of a reply its token is taken",
  "killed outbound-images",
  "killed outbound-sender",
  "killed outbound-webhook",
  "killed worker",
  "secret rotated at the platform",
  "secret rotated in the store",
  "sqs: batch stored in part",
  "sqs: message stored twice",
  "sqs: visibility timeout passed at work",
  "stranger got 401",
];
const SOME_SIZE = 1_000;
/** Fewer messages say nothing of how long they take. */
const MEASURED = { beside: 30, recovery: 10 };
/**
 * How long a brand's messages may take after its outage. The bridge looks every ten seconds and promises a
 * minute; the message that stays stuck does so for longer than this.
 */
const RECOVERY_MS = 35_000;

/** In which ways a run breaks what the bridge promises; none where it keeps it. `reachMs`: p95 beside a brand in trouble. */
export function faultsOf(
  { verdict, ledger, leaks, left }: ChaosOutcome,
  reachMs: number,
): string[] {
  const { inbound, outbound, untold, reused, intruders, noted } = verdict;
  const unexplained = ({ doubles }: Score) =>
    doubles.filter(({ cause }) => cause === "").map(({ index }) => index);
  const faults = [
    [inbound.lost, "messages of customers were lost"],
    [outbound.lost, "messages of agents were lost"],
    [unexplained(inbound), "messages of customers arrived twice for no reason"],
    [unexplained(outbound), "messages of agents arrived twice for no reason"],
    [reused, "reply tokens were used twice"],
    [inbound.swaps.unexplained.byTime, "messages of customers arrived out of order by time"],
    [
      inbound.swaps.unexplained.bySequence,
      "messages of customers arrived out of order by sequence",
    ],
    [outbound.swaps.unexplained.byTime, "messages of agents arrived out of order by time"],
    [outbound.swaps.unexplained.bySequence, "messages of agents arrived out of order by sequence"],
    [inbound.misdelivered, "messages of customers came from somebody else"],
    [outbound.misdelivered, "messages of agents went to somebody else"],
    [inbound.wronglyParked, "messages of customers were parked without a reason"],
    [outbound.wronglyParked, "messages of agents were parked without a reason"],
    [untold, "messages of agents failed without a receipt"],
    [[...ledger.undelivered.keys()], "messages were given up by their platform"],
  ] as const;
  const swaps = [
    [inbound.swaps.explained.byTime, "messages of customers swapped by time"],
    [inbound.swaps.explained.bySequence, "messages of customers swapped by sequence"],
    [outbound.swaps.explained.byTime, "messages of agents swapped by time"],
    [outbound.swaps.explained.bySequence, "messages of agents swapped by sequence"],
  ] as const;
  const missing = [
    ...EXPECTED.filter((mishap) => !ledger.mishaps.has(mishap)),
    ...swaps.filter(([pairs]) => pairs === 0).map(([, what]) => what),
  ];
  const admitted = [...ledger.mishaps.keys()].filter((mishap) => /^stranger got 2/.test(mishap));
  return [
    ...faults
      .filter(([indexes]) => indexes.length > 0)
      .map(([all, what]) => `${all.length} ${what}: number ${all.slice(0, 5).join(", ")}`),
    ...[...left].map(([url, count]) => `${count} messages stayed in ${url.split("/").at(-1)}`),
    ...timesFaults("customers", inbound, reachMs, ledger.spoken.length),
    ...timesFaults("agents", outbound, reachMs, ledger.spoken.length),
    ...(noted === 0 ? ["no delivery was seen to be noted"] : []),
    ...(intruders > 0 ? [`${intruders} messages of strangers were let in`] : []),
    ...admitted,
    ...[...leaks].map(([what, count]) => `the logs hold ${count} times a ${what}`),
    ...(ledger.spoken.length >= SOME_SIZE && missing.length > 0
      ? [`these never went wrong: ${missing.join(", ")}`]
      : []),
  ];
}

function timesFaults(
  who: string,
  { beside, recovery }: Score,
  reachMs: number,
  messages: number,
): string[] {
  const judged = [
    { ...beside, of: "beside brands in trouble", mostMs: reachMs, least: MEASURED.beside },
    { ...recovery, of: "after an outage", mostMs: RECOVERY_MS, least: MEASURED.recovery },
  ];
  return judged.flatMap(({ p95, count, of, mostMs, least }) => [
    ...(p95 > mostMs ? [`messages of ${who} ${of} took too long: p95 ${p95} ms`] : []),
    ...(messages >= SOME_SIZE && count < least
      ? [`only ${count} messages of ${who} ${of} were measured`]
      : []),
  ]);
}
