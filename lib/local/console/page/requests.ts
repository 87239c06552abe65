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

/** What was sent and answered in an exchange; undefined where it is no longer kept. */
export async function getBodies(exchange: number): Promise<Bodies | undefined> {
  const response = await fetch(`/api/exchange?number=${exchange}`);
  return response.ok ? response.json() : undefined;
}

/** The dead letters of the market; none where the bridge cannot read them. */
export async function getDeadLetters(): Promise<DeadLetter[]> {
  const response = await fetch("/api/dead-letters");
  return response.ok ? response.json() : [];
}

/** The messages that a bot can send, by their names. */
export async function getBotMessages(): Promise<Record<string, object>> {
  return (await fetch("/api/bot-messages")).json();
}
