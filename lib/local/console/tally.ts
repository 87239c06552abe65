/** What has become of the messages of a direction. Each message is in one of the first eight groups but `sent`. */
export interface Tally {
  sent: number;
  /** The other side has all of it. */
  arrived: number;
  underWay: number;
  /** The bridge passes it on to nobody, on purpose. */
  ignored: number;
  /** It is among the dead letters. */
  parked: number;
  /** The customer has blocked the account. */
  blocked: number;
  /** The webhook was not taken, and the platform tries it no more: the agent sees that. */
  notTaken: number;
  /** The bridge is done with it, or has never had it, and the other side does not have all of it. */
  lost: number;
  /** Arrived more than once, as a whole or in part. */
  doubled: number;
  /** Arrived behind a message that was sent later. */
  outOfOrder: number;
}

/** What became of one message. */
export interface Counted {
  fate: Exclude<keyof Tally, "sent" | "doubled" | "outOfOrder">;
  isDoubled: boolean;
  /** Its place among all that has arrived; undefined where nothing of it has. */
  place: number | undefined;
}

const NONE: Tally = {
  sent: 0,
  arrived: 0,
  underWay: 0,
  ignored: 0,
  parked: 0,
  blocked: 0,
  notTaken: 0,
  lost: 0,
  doubled: 0,
  outOfOrder: 0,
};

/** Counts the messages of several customers, each customer's in the order in which they were sent. */
export function tallyOf(customers: readonly (readonly Counted[])[]): Tally {
  const tally = { ...NONE };
  for (const messages of customers) {
    for (const { fate, isDoubled } of messages) {
      tally.sent += 1;
      tally[fate] += 1;
      if (isDoubled) tally.doubled += 1;
    }
    tally.outOfOrder += outOfOrder(messages.flatMap(({ place }) => place ?? []));
  }
  return tally;
}

/** How many of these came behind one that is after them here. */
function outOfOrder(places: readonly number[]): number {
  let latest = -1;
  let count = 0;
  for (const place of places) {
    if (place < latest) count += 1;
    latest = Math.max(latest, place);
  }
  return count;
}

/** Whether something has happened that never may. */
export function isBad({ lost, doubled, outOfOrder }: Tally): boolean {
  return lost + doubled + outOfOrder > 0;
}

/** For example `12 sent, 12 arrived, none lost, doubled or out of order`, and what else there is. */
export function tallyText(tally: Tally): string {
  const of = (count: number) => (count === 0 ? "nothing" : String(count));
  const bad = isBad(tally)
    ? [
        `${of(tally.lost)} lost`,
        `${of(tally.doubled)} doubled`,
        `${of(tally.outOfOrder)} out of order`,
      ]
    : ["none lost, doubled or out of order"];
  const others: [count: number, what: string][] = [
    [tally.underWay, "still on its way"],
    [tally.parked, "among the dead letters"],
    [tally.blocked, "blocked by the customer"],
    [tally.notTaken, "not taken by the webhook"],
    [tally.ignored, "ignored on purpose"],
  ];
  return [
    `${tally.sent} sent`,
    `${tally.arrived} arrived`,
    ...bad,
    ...others.filter(([count]) => count > 0).map(([count, what]) => `${what}: ${count}`),
  ].join(", ");
}
