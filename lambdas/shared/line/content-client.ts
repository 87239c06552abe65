import type { Readable } from "node:stream";
import * as z from "zod";
import { OutageFailure } from "../failures/failures.ts";
import { guardedBody } from "../media/guarded-body.ts";
import { type CountAnswer, counted } from "../platform/count-answer.ts";
import { outcomeOf, retryable } from "../platform/http-outcome.ts";
import { type OpenAnswer, sendRequest } from "../platform/send-request.ts";
import type { WithLineToken } from "./access-token.ts";
import { createCallLine } from "./call-line.ts";
import { answerFailure, lineFailure } from "./failures.ts";

const STATUS_TIMEOUT_MS = 4_000;

export type LineContentAnswer =
  | {
      kind: "ready";
      body: Readable;
      contentType: string | undefined;
    }
  /** LINE is not done with a large video or audio. */
  | { kind: "preparing" }
  /** The customer has taken the message back. */
  | { kind: "unsent" }
  | { kind: "gone" };

/** Where LINE keeps what the customers of one account send. Each call throws RetryableFailure or ConfigurationFailure. */
export interface LineContent {
  /**
   * `signal` ends the whole transfer. The body fails with RetryableFailure.
   * https://developers.line.biz/en/reference/messaging-api/#get-content
   */
  get(messageId: string, signal: AbortSignal): Promise<LineContentAnswer>;
  /** https://developers.line.biz/en/reference/messaging-api/#verify-video-or-audio-preparation-status */
  transcoding(messageId: string): Promise<"processing" | "succeeded" | "failed">;
}

const transcodingAnswer = z.object({
  status: z.enum(["processing", "succeeded", "failed"]).catch("processing"),
});

/** Content by a request of its own, because it is streamed. */
export function createLineContent(deps: {
  dataApiUrl: string;
  withLineToken: WithLineToken;
  countAnswer: CountAnswer;
}): LineContent {
  const { dataApiUrl, withLineToken, countAnswer } = deps;
  const call = createCallLine({ apiUrl: dataApiUrl, withLineToken, countAnswer });
  const pathOf = (messageId: string) => `/v2/bot/message/${encodeURIComponent(messageId)}/content`;

  return {
    get: (messageId, signal) =>
      withLineToken(async (token) => {
        const url = new URL(pathOf(messageId), dataApiUrl);
        const headers = { authorization: `Bearer ${token}`, "accept-encoding": "identity" };
        const request = sendRequest(url, { headers }, signal);
        try {
          return await contentOf(await counted(request, countAnswer));
        } catch (error) {
          throw lineFailure(error);
        }
      }),
    async transcoding(messageId) {
      const answer = await call({
        path: `${pathOf(messageId)}/transcoding`,
        timeoutMs: STATUS_TIMEOUT_MS,
        // LINE does not prepare this kind of content, or not yet; whether there is any, the content call tells.
        isAlsoAnswer: ({ status }) => isMissing(status) || outcomeOf(status) === "passing",
      });
      if (answer === undefined) return "processing";
      const { success, data, error } = transcodingAnswer.safeParse(answer);
      if (!success) throw lineFailure(error);
      return data.status;
    },
  };
}

async function contentOf(answer: OpenAnswer): Promise<LineContentAnswer> {
  const { status, headers, body } = answer;
  if (status === 200) return ready(answer);
  body.destroy();
  if (status === 202) return { kind: "preparing" };
  if (status === 410) return { kind: "unsent" };
  if (status === 404) return { kind: "gone" };
  // Whoever fetches content says when it is given up: the rest of its message can be delivered.
  if (outcomeOf(status) === "passing") throw retryable("LINE", status, headers);
  if (outcomeOf(status) === "refused" && status !== 403) throw notNow(status);
  throw answerFailure({ status, headers, text: undefined });
}

/**
 * On 3 February 2026 LINE answered 400 for 91 minutes, also for what it had: only 404 and 410 are final.
 * https://developers.line.biz/en/news/
 */
function notNow(status: number): OutageFailure {
  return new OutageFailure(`LINE answered a question for content with ${status}.`);
}

function ready({ body, headers }: OpenAnswer): LineContentAnswer {
  return {
    kind: "ready",
    body: guardedBody(body, lineFailure),
    contentType: headers["content-type"],
  };
}

/** What answers a question about this content: there is none. */
function isMissing(status: number): boolean {
  return status === 400 || status === 404 || status === 410;
}
