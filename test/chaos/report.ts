import type { Score } from "./judge.ts";
import type { Times } from "./reach.ts";
import type { ChaosOutcome } from "./run-chaos.ts";

/** The table at the end of a run. */
export function report(
  { verdict, ledger, leaks }: ChaosOutcome,
  run: { seed: string; market: string; seconds: number },
): string {
  const { inbound, outbound } = verdict;
  const rows: [string, (score: Score) => string | number][] = [
    ["sent", ({ sent }) => sent],
    ["delivered", ({ delivered }) => delivered],
    ["lost", ({ lost }) => lost.length],
    ["pairs swapped by time, explained", ({ swaps }) => swaps.explained.byTime],
    ["pairs swapped by sequence, explained", ({ swaps }) => swaps.explained.bySequence],
    ["out of order by time", ({ swaps }) => swaps.unexplained.byTime.length],
    ["out of order by sequence", ({ swaps }) => swaps.unexplained.bySequence.length],
    ["arrived twice, explained", ({ doubles }) => doubles.filter(({ cause }) => cause).length],
    ["arrived twice, unexplained", ({ doubles }) => doubles.filter(({ cause }) => !cause).length],
    ["dead letters", ({ deadLettered }) => counts(deadLettered) || "0"],
    ["longest delay", ({ longestDelayMs }) => `${seconds(longestDelayMs, 1)} s`],
    ["beside brands in trouble, p50, p95, max", ({ beside }) => spread(beside)],
    ["messages of that", ({ beside }) => beside.count],
    ["after a brand's outage, p50, p95, max", ({ recovery }) => spread(recovery)],
    ["messages of that", ({ recovery }) => recovery.count],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const line = (name: string, left: string | number, right: string | number) =>
    `${name.padEnd(width)}  ${String(left).padStart(20)}  ${String(right).padStart(20)}`;
  const causes = new Map<string, number>();
  for (const { cause } of [...inbound.doubles, ...outbound.doubles])
    causes.set(cause, (causes.get(cause) ?? 0) + 1);
  return [
    "",
    `${run.market}, seed ${run.seed}: ${ledger.spoken.length} messages in ${run.seconds.toFixed(0)} s`,
    "",
    line("", "LINE to Genesys", "Genesys to LINE"),
    ...rows.map(([name, of]) => line(name, of(inbound), of(outbound))),
    "",
    `Doubles: ${counts(causes) || "none"}`,
    `What went wrong: ${counts(ledger.mishaps)}`,
    `Found in the logs of what must not be there: ${counts(leaks) || "nothing"}`,
    "",
  ].join("\n");
}

function counts(map: ReadonlyMap<string, number>): string {
  return [...map]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([what, count]) => `${what || "no cause"} ${count}`)
    .join(", ");
}

function spread({ p50, p95, max }: Times): string {
  return [p50, p95, max].map((ms) => `${seconds(ms, 2)} s`).join(" ");
}

function seconds(ms: number, digits: number): string {
  return (ms / 1_000).toFixed(digits);
}
