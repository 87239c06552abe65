interface Edit {
  /** Stands once in the file. */
  replace: string;
  by: string;
}

/** A copy of the project with one fault. */
export interface Mutant extends Edit {
  name: string;
  file: string;
  /** In the same file, where one edit alone would be no such fault. */
  also?: Edit;
  /** What the run must say. */
  expected: RegExp;
  /** Of a run that notices it; 400 if it says nothing. */
  messages?: number;
}

/** The mutant's file, with its fault. Throws where it does not hold what is to be replaced. */
export function mutated(text: string, { file, replace, by, also }: Mutant): string {
  const edits = [{ replace, by }, ...(also === undefined ? [] : [also])];
  return edits.reduce((before, edit) => {
    if (before.split(edit.replace).length !== 2) {
      throw new Error(`${file} does not hold this once: ${edit.replace}`);
    }
    return before.replace(edit.replace, edit.by);
  }, text);
}

/** The faults that the chaos run must notice. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: "a new retry key for every try of a push",
    file: "lambdas/outbound/sender/retry-key.ts",
    replace: "return v5(JSON.stringify([brand.key, genesysMessageId, ...path]), NAMESPACE);",
    by: "return v5(JSON.stringify([brand.key, genesysMessageId, ...path, Math.random()]), NAMESPACE);",
    expected: /messages of agents arrived twice for no reason/,
  },
  {
    name: "no record of what was delivered",
    file: "lambdas/worker/deliver-once.ts",
    replace: "claimed = await deliveries.claim(key, endsAt);",
    by: 'claimed = "claimed";',
    expected: /messages of customers arrived twice for no reason/,
  },
  {
    name: "later messages overtake one that failed",
    file: "lambdas/shared/queue/consume-fifo.ts",
    replace: "return giveBack(rest, retryAfter, deps);",
    by: "return [...(await giveBack([record], retryAfter, deps)), ...(await consumeCustomer(records.slice(index + 1), endsAt, work, deps))];",
    expected: /arrived out of order/,
  },
  {
    name: "200 although SQS has stored a batch only in part",
    file: "lambdas/shared/queue/send-fifo.ts",
    replace: "pending = pending.filter((message) => !stored.has(message));",
    by: "pending = pending.filter((message) => !batch.includes(message));",
    expected: /messages of (customers|agents) were lost/,
  },
  {
    name: "a push that LINE has accepted before counts as refused",
    file: "lambdas/shared/line/client.ts",
    replace: "isCarriedOut: isAlreadyAccepted,",
    by: "isCarriedOut: () => isAlreadyAccepted === undefined,",
    // A 409 that names no push is tried again, for ever.
    expected: /messages of agents were lost/,
  },
  {
    name: "all answers to the same customer",
    file: "lambdas/outbound/sender/push-part.ts",
    replace: "brand.line.push(to, [...messages], retryKey(brand, id, ...path)),",
    by: "brand.line.push((Object.assign(globalThis, { first: Reflect.get(globalThis, 'first') ?? to }), Reflect.get(globalThis, 'first')), [...messages], retryKey(brand, id, ...path)),",
    expected: /messages of agents went to somebody else/,
  },
  {
    name: "texts in the log",
    file: "lambdas/worker/take-event.ts",
    replace: "parts: parts.length,",
    by: "parts: parts.length, event,",
    expected: /the logs hold \d+ times a text/,
  },
  {
    name: "order: what a receive holds goes by the queue alone",
    file: "lambdas/shared/queue/consume-fifo.ts",
    replace: "consumeCustomer(orderByTime(group, work.timeOf), endsAt, work, deps),",
    by: "consumeCustomer(group, endsAt, work, deps),",
    expected: /arrived out of order by time/,
  },
  {
    name: "order: the newest message of a receive goes first",
    file: "lambdas/shared/queue/order-by-time.ts",
    replace: "one.time - other.time",
    by: "other.time - one.time",
    expected: /arrived out of order by sequence/,
  },
  {
    name: "order: a message without a time goes first",
    file: "lambdas/shared/queue/order-by-time.ts",
    replace: "if (time === undefined) return records;\n    timed.push({ record, time });",
    by: "timed.push({ record, time: time ?? 0 });",
    expected: /messages of agents arrived out of order by sequence/,
  },
  {
    name: "replies: a token is left for the next answer",
    file: "lambdas/shared/tables/customer-table.ts",
    replace: 'UpdateExpression: "REMOVE #slot",',
    by: 'UpdateExpression: "SET #slot.receivedAt = #slot.receivedAt",',
    expected: /reply tokens were used twice/,
    messages: 1_200,
  },
  {
    name: "replies: a push after a clear 200",
    file: "lambdas/outbound/sender/replies.ts",
    replace: "brand.count(METRICS.replied);",
    by: "brand.count(METRICS.replied); if (brand.key !== '') return false;",
    expected: /messages of agents arrived twice for no reason/,
    messages: 1_200,
  },
  {
    name: "replies: only the first receive may reply",
    file: "lambdas/outbound/sender/replies.ts",
    replace: "if (way !== undefined) return follow(way);",
    by: "if (attempt.receives > 1) return false;\n      if (way !== undefined) return follow(way);",
    expected: /messages of agents arrived twice for no reason/,
    messages: 1_200,
  },
  {
    name: "brands: one queue for all brands",
    file: "lambdas/inbound/index.ts",
    replace: 'queueUrl: (brand) => QUEUE_URL_PREFIX + queueName(MARKET, "inbound", brand),',
    by: 'queueUrl: () => QUEUE_URL_PREFIX + queueName(MARKET, "inbound", "burst"),',
    expected: /messages of customers beside brands in trouble took too long/,
  },
  {
    name: "brands: a breaker that never closes",
    file: "lambdas/shared/breaker/breaker-state.ts",
    replace: "if (open !== undefined && beganAt < open.failedAt) return state;",
    by: "if (open !== undefined) return state;",
    // Those who wait for it come too late, or not as long as the run lasts.
    expected: /messages of (customers|agents) (after an outage took too long|were lost)/,
  },
  {
    name: "brands: a message that always fails is always the probe",
    file: "lambdas/shared/breaker/breaker-state.ts",
    replace:
      "return now >= probeAt && (before === undefined || now - before.at >= PROBED_REST_MS);",
    by: "return now >= probeAt && (probed.length === 0 || before !== undefined);",
    // One that is put off for its turn stays the probe, too.
    also: { replace: "probed: open.probed.slice(1), probeAt: now", by: "probeAt: now" },
    expected: /messages of customers after an outage took too long/,
    messages: 2_400,
  },
  {
    name: "brands: a wait in the worker",
    file: "lambdas/worker/genesys/request-budget.ts",
    replace: "if (wait > 0) await deps.sleep(wait);",
    by: "await deps.sleep(Math.max(8_000, wait));",
    expected: /messages of customers beside brands in trouble took too long/,
  },
];
