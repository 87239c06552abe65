import type { Sample } from "./samples.ts";

/**
 * Fetches each URL without credentials and says what is wrong: an answer is not 200, or no URL serves
 * the sample's own bytes (a preview is another image).
 */
export async function mediaFaults(urls: string[], sample: Sample): Promise<string[]> {
  const fetched = await Promise.all(urls.map(fetchBytes));
  const refused = fetched.filter(({ status }) => status !== 200);
  const isThere = fetched.some(({ bytes }) => sample.bytes.equals(bytes));
  return [
    ...refused.map(({ status }) => `a URL answers ${status}`),
    ...(isThere ? [] : [`no URL serves the bytes of ${sample.name}`]),
  ];
}

async function fetchBytes(url: string): Promise<{ status: number; bytes: Buffer }> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(10_000) });
    return { status: response.status, bytes: Buffer.from(await response.arrayBuffer()) };
  } catch {
    return { status: 0, bytes: Buffer.alloc(0) };
  }
}
