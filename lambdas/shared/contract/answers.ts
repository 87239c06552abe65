/** A side of the bridge. */
export type Platform = "genesys" | "line";

/**
 * Counts of our requests to a platform, tokens included, by the class of its answer: Genesys Cloud's
 * from worker and hourly-check, LINE's from worker, outbound-sender and hourly-check. 429 is not one of
 * the 4xx. LINE's 409 to a retry key, which says that it has the push already, is a 2xx.
 */
export const ANSWERS = {
  genesys: {
    "2xx": "GenesysAnswered2xx",
    "4xx": "GenesysAnswered4xx",
    /** 429. */
    throttled: "GenesysAnswered429",
    "5xx": "GenesysAnswered5xx",
    /** Time limit, broken connection, redirect, or a 2xx of LINE whose body is not JSON. */
    none: "GenesysUnanswered",
  },
  line: {
    "2xx": "LineAnswered2xx",
    "4xx": "LineAnswered4xx",
    throttled: "LineAnswered429",
    "5xx": "LineAnswered5xx",
    none: "LineUnanswered",
  },
} as const;

export type AnswerClass = keyof (typeof ANSWERS)[Platform];

/** The name of a count of answers. */
export type AnswerMetric = (typeof ANSWERS)[Platform][AnswerClass];
