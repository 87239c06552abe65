import type { IncomingHttpHeaders } from "node:http";
import { type HttpRequest, type OpenAnswer, sendRequest } from "./send-request.ts";

/** What a platform answered. A redirect is an answer like any other: nobody follows it. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Undefined where the body broke off, took too long, has more than 1 MB, or is packed, which nobody asked for. */
  text: string | undefined;
}

export interface Exchange extends HttpRequest {
  /** For the whole exchange: a server that sends a byte now and then gets no more time than one that hangs. */
  timeoutMs: number;
}

/** No answer of a platform comes near it. */
const MAX_BYTES = 1_000_000;

/**
 * One request to a platform whose answer is no media. If its time is up, its connection is closed; else it is kept
 * for the next one. Throws what `sendRequest` throws.
 */
export async function exchange(url: URL, { timeoutMs, ...request }: Exchange): Promise<Answer> {
  const answer = await sendRequest(url, request, AbortSignal.timeout(timeoutMs));
  const { status, headers } = answer;
  return { status, headers, text: await boundedText(answer).catch(() => undefined) };
}

async function boundedText({ headers, body }: OpenAnswer): Promise<string | undefined> {
  if (headers["content-encoding"] !== undefined) {
    body.destroy();
    return undefined;
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    // Leaving the loop ends the transfer.
    if (bytes > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
