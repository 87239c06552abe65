import type { ChaosOutcome } from "./run-chaos.ts";

/** What must have happened in a run of some size, or its table says nothing. */
const EXPECTED = [
  "Genesys: cut after",
  "Genesys: outage, 503",
  "LINE: cut after",
  "LINE: outage, 503",
  "dynamodb: outage",
  "killed inbound",
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

/** In which ways a run breaks what the bridge promises; none where it keeps it. */
export function faultsOf({ verdict, ledger, leaks, left }: ChaosOutcome): string[] {
  const { inbound, outbound, untold, intruders, noted } = verdict;
  const unexplained = inbound.doubles.filter(({ cause }) => cause === "");
  const faults = [
    [inbound.lost, "messages of customers were lost"],
    [outbound.lost, "messages of agents were lost"],
    [unexplained.map(({ index }) => index), "messages of customers arrived twice for no reason"],
    [outbound.doubles.map(({ index }) => index), "messages of agents arrived twice"],
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
    ...(left > 0 ? [`${left} messages stayed in the queues`] : []),
    ...(noted === 0 ? ["no delivery was seen to be noted"] : []),
    ...(intruders > 0 ? [`${intruders} messages of strangers were let in`] : []),
    ...admitted,
    ...[...leaks].map(([what, count]) => `the logs hold ${count} times a ${what}`),
    ...(ledger.spoken.length >= SOME_SIZE && missing.length > 0
      ? [`these never went wrong: ${missing.join(", ")}`]
      : []),
  ];
}
