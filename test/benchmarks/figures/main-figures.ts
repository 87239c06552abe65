import type { Figure } from "./figure.ts";
import { UsageError } from "./options.ts";
import { told } from "./table.ts";

/** A bar of the picture. */
export interface MainFigure {
  label: string;
  value: number;
  /** As the picture and the page write it. */
  text: string;
}

/** What Genesys Cloud admits: 300 requests a minute, each of which carries one message. */
const GENESYS_A_SECOND = 300 / 60;

/**
 * How many messages a second each part can carry on one processor, and what Genesys Cloud admits. Throws UsageError
 * where a figure is missing.
 */
export function rates(figures: readonly Figure[]): MainFigure[] {
  const perSecond = (name: string) => 1_000 / find(figures, name).median;
  const stack = find(
    figures,
    "50 a second for 20 s, CPU of all processes, emulators included, a message",
  );
  const bars: [label: string, value: number][] = [
    ["Genesys Cloud: 300 requests a minute", GENESYS_A_SECOND],
    ["the local stack, with emulators, one core", 1 / stack.median],
    ["worker, 1 message a batch, one core", perSecond("worker, CPU for a message in a batch of 1")],
    [
      "worker, 10 messages a batch, one core",
      perSecond("worker, CPU for a message in a batch of 10"),
    ],
    ["inbound, 1 event a webhook, one core", perSecond("inbound, a message of 1 event")],
    ["inbound, 10 events a webhook, one core", perSecond("inbound, a message of 10 events")],
  ];
  return bars.map(([label, value]) => {
    const times = value / GENESYS_A_SECOND;
    const text = value === GENESYS_A_SECOND ? `${value}/s` : `${told(value)}/s, ${told(times)} ×`;
    return { label, value, text };
  });
}

/** What can be compared between machines. Throws UsageError where a figure is missing. */
export function ratios(figures: readonly Figure[]): MainFigure[] {
  const bars: [label: string, name: string][] = [
    ["bundle of inbound, to a stock SQS client", "inbound"],
    ["start of inbound to its first answer, to a stock SQS client", "inbound, to the first answer"],
    ["CPU of a webhook of 1 event, to Express", "inbound, a webhook of 1 event"],
    ["CPU of a webhook of 10 events, to Express", "inbound, a webhook of 10 events"],
    [
      "worker's batch of 10 customers, to one of 1",
      "worker, a batch of 10, each answer after 50 ms",
    ],
  ];
  return bars.map(([label, name]) => {
    const { value = Number.NaN } = find(figures, name).ratio ?? {};
    return { label, value, text: `${value.toFixed(2)} ×` };
  });
}

function find(figures: readonly Figure[], name: string): Figure {
  const found = figures.find((figure) => figure.name === name);
  if (found !== undefined) return found;
  throw new UsageError(`--svg: there is no figure "${name}"; measure all parts`);
}
