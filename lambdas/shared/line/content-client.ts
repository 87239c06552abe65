import { Readable } from "node:stream";
import { HTTPFetchError } from "@line/bot-sdk";
import * as z from "zod";
import { guardedBody } from "../media/guarded-body.ts";
import { type CountAnswer, counted } from "../platform/count-answer.ts";
import type { WithLineToken } from "./access-token.ts";
import { lineFailure } from "./failures.ts";

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

/** Not by the SDK: its stream neither ends nor fails when the connection breaks. */
export function createLineContent(deps: {
  dataApiUrl: string;
  withLineToken: WithLineToken;
  countAnswer: CountAnswer;
}): LineContent {
  async function call<Result>(
    messageId: string,
    path: string,
    signal: AbortSignal,
    read: (response: Response) => Promise<Result>,
  ): Promise<Result> {
    const url = new URL(
      `/v2/bot/message/${encodeURIComponent(messageId)}/${path}`,
      deps.dataApiUrl,
    );
    return deps.withLineToken(async (token) => {
      try {
        const request = fetch(url, {
          headers: { authorization: `Bearer ${token}`, "accept-encoding": "identity" },
          // The token is for LINE alone.
          redirect: "error",
          signal,
        });
        return await read(await counted(request, deps.countAnswer));
      } catch (error) {
        throw lineFailure(error);
      }
    });
  }

  return {
    get: (messageId, signal) => call(messageId, "content", signal, contentOf),
    transcoding: (messageId) =>
      call(messageId, "content/transcoding", AbortSignal.timeout(STATUS_TIMEOUT_MS), transcodingOf),
  };
}

async function contentOf(response: Response): Promise<LineContentAnswer> {
  if (response.status === 200) return ready(response);
  await response.body?.cancel();
  if (response.status === 202) return { kind: "preparing" };
  if (response.status === 410) return { kind: "unsent" };
  refuse(response);
  return { kind: "gone" };
}

function ready(response: Response): LineContentAnswer {
  const body = response.body === null ? Readable.from([]) : Readable.fromWeb(response.body);
  return {
    kind: "ready",
    body: guardedBody(body, lineFailure),
    contentType: response.headers.get("content-type") ?? undefined,
  };
}

async function transcodingOf(response: Response) {
  if (response.status === 200) return transcodingAnswer.parse(await response.json()).status;
  await response.body?.cancel();
  refuse(response);
  // LINE does not prepare this kind of content; whether there is any, the content call tells.
  return "processing" as const;
}

/** Throws what is no answer about this content: 400 and 404 are one. */
function refuse({ status, statusText, headers }: Response): void {
  if (status === 400 || status === 404 || status === 410) return;
  throw new HTTPFetchError("", { status, statusText, headers, body: "" });
}
