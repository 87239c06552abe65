import * as z from "zod";
import type { LineContent } from "../simulators/line/webhook-events.ts";

const readySchema = z.object({
  market: z.string(),
  brands: z.record(z.string(), z.object({ brand: z.string() })),
});

const stateSchema = z.object({
  phones: z.array(
    z.object({
      customer: z.string(),
      userId: z.string(),
      lines: z.array(z.object({ from: z.string(), text: z.string() })),
    }),
  ),
  conversations: z.array(
    z.object({
      customerId: z.string(),
      messages: z.array(z.object({ direction: z.string(), text: z.string().optional() })),
    }),
  ),
});

/** A running bridge as seen through its console: its first brand, with customers and agents. */
export interface ConsoleClient {
  market: string;
  /** The value that Architect routes on. */
  brand: string;
  customerSays(customer: string, content: LineContent): Promise<void>;
  agentSays(customer: string, text: string): Promise<void>;
  /**
   * What each side has received: under `desktop <customer>` the customer's messages on the agent's
   * desktop, under `phone <customer>` the account's messages on the phone.
   */
  conversation(): Promise<Map<string, string[]>>;
}

/** Connects to the console at `url`. Undefined when none answers there. Rejects when the console refuses something. */
export async function connectConsole(url: string): Promise<ConsoleClient | undefined> {
  const response = await fetch(new URL("/api/ready", url), {
    // Another program may have the port and say nothing.
    signal: AbortSignal.timeout(2_000),
  }).catch(() => undefined);
  const ready = readySchema.safeParse(await response?.json().catch(() => undefined));
  if (!ready.success) return undefined;
  const [first] = Object.entries(ready.data.brands);
  if (first === undefined) return undefined;
  const [key, { brand }] = first;
  const userIds = new Map<string, string>();

  const state = async () => {
    const answer = await fetch(new URL(`/api/state?brand=${encodeURIComponent(key)}`, url));
    const { phones, conversations } = stateSchema.parse(await answer.json());
    for (const { customer, userId } of phones) userIds.set(customer, userId);
    return { phones, conversations };
  };

  return {
    market: ready.data.market,
    brand,
    customerSays: (customer, content) => post(url, "/api/line", { brand: key, customer, content }),
    async agentSays(customer, text) {
      await post(url, "/api/genesys", { brand: key, to: userIds.get(customer) ?? "", text });
    },
    async conversation() {
      const { phones, conversations } = await state();
      const seen = new Map<string, string[]>();
      for (const { customer, userId, lines } of phones) {
        const received = lines.filter(({ from }) => from === "account");
        seen.set(
          `phone ${customer}`,
          received.map(({ text }) => text),
        );
        const written = conversations
          .filter(({ customerId }) => customerId === userId)
          .flatMap(({ messages }) => messages.filter(({ direction }) => direction === "Inbound"));
        seen.set(
          `desktop ${customer}`,
          written.map(({ text = "" }) => text),
        );
      }
      return seen;
    },
  };
}

async function post(url: string, path: string, body: object): Promise<void> {
  const response = await fetch(new URL(path, url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the console refused ${path}: ${await response.text()}`);
}
