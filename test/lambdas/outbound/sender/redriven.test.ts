import { createHandler } from "../../../../lambdas/outbound/sender/handler.ts";
import { BRAND_DEFAULTS } from "../../../../lambdas/shared/contract/brand-settings.ts";
import { TRIED_SINCE } from "../../../../lambdas/shared/contract/redriven.ts";
import { sqsRecord } from "../../sqs-record.ts";

const NOW = 1_795_392_000_000;
const HOUR = 3_600_000;

/** What becomes of an agent's message that the sender gets. */
async function take({
  receives,
  firstReceived,
  triedSince,
}: {
  receives: number;
  /** Hours ago, as is `triedSince`. */
  firstReceived: number;
  triedSince?: number;
}) {
  const outcomes: string[] = [];
  const handler = createHandler({
    brands: new Map([["shop", { ...BRAND_DEFAULTS, notes: [], customAttributes: {} }]]),
    customers: {
      get: async () => ({ name: undefined, isBlocked: false, markAsReadToken: undefined }),
      markedAsRead: async () => {},
    },
    buttons: { put: async () => {} },
    hostMedia: async () => ({ attachments: new Map(), images: new Map() }),
    rendering: { timeZone: "UTC", language: "en", trustedOrigins: new Set() },
    line: {
      push: async () => void outcomes.push("pushed"),
      showLoading: async () => {},
      markAsRead: async () => {},
    },
    enqueueInbound: async () => {},
    park: async (_record, { reason }) => void outcomes.push(reason),
    countFailure: async () => 1,
    setVisibility: async () => {},
    patienceMs: 12 * HOUR,
    attemptMs: 45_000,
    count: () => {},
    countDelivered: () => {},
    measure: () => {},
    noteWait: () => undefined,
    log: { info: () => {}, warn: () => {}, error: () => {} },
    now: () => NOW,
    random: () => 0,
  });
  const message = { id: "g1", type: "Text", text: "hello", channel: { to: { id: "U1" } } };
  const record = sqsRecord(
    "r",
    "shop#U1",
    { kind: "message", brand: "shop", message },
    {
      ApproximateReceiveCount: String(receives),
      ApproximateFirstReceiveTimestamp: String(NOW - firstReceived * HOUR),
      SentTimestamp: String(NOW),
    },
  );
  if (triedSince !== undefined) {
    record.messageAttributes[TRIED_SINCE] = {
      stringValue: String(NOW - triedSince * HOUR),
      dataType: "Number",
    };
  }
  await handler({ Records: [record] }, { getRemainingTimeInMillis: () => 60_000 });
  return outcomes;
}

/** LINE knows a retry key for 24 hours. */
test.each([
  ["a first try", { receives: 1, firstReceived: 0 }, "pushed"],
  ["a first try that SQS dates back", { receives: 1, firstReceived: 30 }, "pushed"],
  ["a further try after 22 hours", { receives: 9, firstReceived: 22 }, "pushed"],
  ["a further try after 24 hours", { receives: 9, firstReceived: 24 }, "OutcomeUnknown"],
  [
    "what was put back, tried 22 hours ago",
    { receives: 1, firstReceived: 0, triedSince: 22 },
    "pushed",
  ],
  [
    "what was put back, tried 24 hours ago",
    { receives: 1, firstReceived: 0, triedSince: 24 },
    "OutcomeUnknown",
  ],
  [
    "what was put back and waits for long",
    { receives: 9, firstReceived: 2, triedSince: 23.5 },
    "OutcomeUnknown",
  ],
])("%s: %j is %s", async (_, tries, outcome) => {
  expect(await take(tries)).toEqual([outcome]);
});
