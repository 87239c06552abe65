import type { Samples } from "../samples/samples.ts";

/** What the console answers to an act; `message` where it refuses. */
export interface Answer {
  ok: boolean;
  message?: string;
  messageId?: string;
}

/** Never rejects: a console that is away is a refusal, too. */
export async function post(path: string, body: object): Promise<Answer> {
  try {
    const response = await fetch(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    return { ...(await response.json()), ok: response.ok };
  } catch {
    return { ok: false, message: "The bridge does not answer. Nothing was sent." };
  }
}

/** What the people of the market say to each other. */
export async function getSamples(): Promise<Samples> {
  return (await fetch("/api/samples")).json();
}
