/** A side of the bridge. */
export type Platform = "genesys" | "line";

/**
 * The class of a platform's answer to a request of ours. 429 (`throttled`) is not one of the 4xx. LINE's 409 to a retry
 * key, which says that it has the push already, is a 2xx. `none`: time limit, broken connection, redirect, or a 2xx of
 * LINE whose body is not JSON.
 */
export type AnswerClass = "2xx" | "4xx" | "throttled" | "5xx" | "none";

/**
 * Counts of the requests of worker and outbound-sender to a platform, tokens included, for the market: all of them,
 * those that failed (429, 5xx and no answer), and each class that is not 2xx, which costs nothing while it has none.
 */
export const ANSWERS = {
  genesys: {
    all: "GenesysRequests",
    failed: "GenesysFailed",
    "4xx": "GenesysAnswered4xx",
    throttled: "GenesysAnswered429",
    "5xx": "GenesysAnswered5xx",
    none: "GenesysUnanswered",
  },
  line: {
    all: "LineRequests",
    failed: "LineFailed",
    "4xx": "LineAnswered4xx",
    throttled: "LineAnswered429",
    "5xx": "LineAnswered5xx",
    none: "LineUnanswered",
  },
} as const;

/** The name of a count of answers. */
export type AnswerMetric = (typeof ANSWERS)[Platform][keyof (typeof ANSWERS)[Platform]];
