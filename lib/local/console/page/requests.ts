import type { Samples } from "../samples/samples.ts";
import type { Bodies, DeadLetter } from "./wire.ts";

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

/** What was sent and answered in an exchange; undefined where it is no longer kept, or the console is away. */
export function getBodies(exchange: number): Promise<Bodies | undefined> {
  return get(`/api/exchange?number=${exchange}`);
}

/** The dead letters of the market; undefined where they cannot be read now. */
export function getDeadLetters(): Promise<DeadLetter[] | undefined> {
  return get("/api/dead-letters");
}

async function get<Data>(path: string): Promise<Data | undefined> {
  try {
    const response = await fetch(path);
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
