import type { IncomingHttpHeaders } from "node:http";

/** What a DynamoDB at `origin` answers to a request of the SDK. */
export async function askTable(
  origin: string,
  { headers, body }: { headers: IncomingHttpHeaders; body: string },
): Promise<{ status: number; body: string }> {
  const kept = ["content-type", "x-amz-target", "x-amz-date", "authorization"];
  const answer = await fetch(origin, {
    method: "POST",
    headers: Object.fromEntries(kept.map((name) => [name, String(headers[name])])),
    body,
  });
  return { status: answer.status, body: await answer.text() };
}
