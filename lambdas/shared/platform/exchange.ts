/** What a platform answered, redirects included. */
export interface Answer {
  status: number;
  headers: Headers;
  /** Undefined where the body broke off, took too long, or has more than 1 MB. */
  text: string | undefined;
}

export interface Exchange {
  method?: "GET" | "POST" | "PUT" | "PATCH";
  headers?: Record<string, string>;
  body?: string;
  /** For the whole exchange: a server that sends a byte now and then gets no more time than one that hangs. */
  timeoutMs: number;
}

/** Decoded: a small answer in gzip could fill the memory. No answer of a platform comes near it. */
const MAX_BYTES = 1_000_000;

/**
 * One request to a platform whose answer is no media. Redirects are not followed: the credentials and the
 * customer's text are for this host alone. At the end of its time its connection is closed. Throws what
 * `fetch` throws where there is no answer.
 */
export async function exchange(url: URL, { timeoutMs, ...request }: Exchange): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs);
  const response = await fetch(url, { ...request, redirect: "manual", signal });
  const { status, headers } = response;
  return { status, headers, text: await boundedText(response).catch(() => undefined) };
}

async function boundedText({ body }: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    // Leaving the loop ends the transfer.
    if (bytes > MAX_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}
