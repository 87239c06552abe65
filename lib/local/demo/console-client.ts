import * as z from "zod";
import { agentActOf, customerActOf } from "./acts.ts";
import { mediaFaults } from "./media-faults.ts";
import type { Sample } from "./samples.ts";
import type { AgentSends, CustomerDoes } from "./script.ts";
import { desktopLine, phoneLine, readDesktopLine, readPhoneLine, urlsIn } from "./seen-lines.ts";

const readySchema = z.object({
  market: z.string(),
  brands: z.record(z.string(), z.object({ brand: z.string() })),
});

const stateSchema = z.object({
  missingSetup: z.string().optional(),
  /** The platforms that another server plays, which the demo cannot look into. */
  replaced: z.array(z.string()),
  phones: z.array(
    z.object({
      customer: z.string(),
      userId: z.string(),
      lines: z.array(phoneLine),
      loadingUntil: z.number(),
    }),
  ),
  conversations: z.array(z.object({ customerId: z.string(), messages: z.array(desktopLine) })),
});

const lookSchema = z.object({
  media: z.array(z.object({ messageId: z.string(), use: z.string(), faults: z.array(z.string()) })),
});

/** A running bridge as seen through its console: its first brand, with customers and agents. */
export interface ConsoleClient {
  market: string;
  /** The value that Architect routes by. */
  brand: string;
  /** Why nothing can be played, and what to run; undefined if everything is there. */
  obstacle(): Promise<string | undefined>;
  /** Rejects when the phone does not show the button. */
  customerDoes(customer: string, does: CustomerDoes): Promise<void>;
  agentSends(customer: string, sends: AgentSends): Promise<void>;
  /**
   * What each side has received: under `desktop <customer>` the customer's messages on the agent's
   * desktop, under `phone <customer>` the account's messages on the phone.
   */
  conversation(): Promise<Map<string, string[]>>;
  /** Whether the phone shows that the account is typing. */
  isTyping(customer: string): Promise<boolean>;
  /** Fetches the media of a side's newest message and returns what is wrong with it. */
  mediaFaults(side: string, sample: Sample): Promise<string[]>;
}

/** Connects to the console at `url`. Undefined when no console answers there. Rejects when the console refuses something. */
export async function connectConsole(url: string): Promise<ConsoleClient | undefined> {
  const response = await fetch(new URL("/api/ready", url), {
    // Another program may have the port and never answer.
    signal: AbortSignal.timeout(2_000),
  }).catch(() => undefined);
  const ready = readySchema.safeParse(await response?.json().catch(() => undefined));
  if (!ready.success) return undefined;
  const [first] = Object.entries(ready.data.brands);
  if (first === undefined) return undefined;
  const [key, { brand }] = first;

  const state = async () => {
    const answer = await fetch(new URL(`/api/state?brand=${encodeURIComponent(key)}`, url));
    return stateSchema.parse(await answer.json());
  };
  const sides = async () => {
    const { phones, conversations } = await state();
    return phones.map((phone) => ({
      ...phone,
      received: phone.lines.filter(({ from }) => from === "account"),
      desktop: conversations
        .filter(({ customerId }) => customerId === phone.userId)
        .flatMap(({ messages }) => messages.filter(({ direction }) => direction === "Inbound")),
    }));
  };
  const sideOf = async (customer: string) =>
    (await sides()).find((phone) => phone.customer === customer);

  return {
    market: ready.data.market,
    brand,
    async obstacle() {
      const { replaced, missingSetup } = await state();
      if (replaced.length === 0) return missingSetup;
      return `The bridge at ${url} talks to another ${replaced.join(" and another ")} than its simulators, so the demo cannot see what arrives there. Play it in a bridge of its own: npm run demo -- --market ${ready.data.market}`;
    },
    async customerDoes(customer, does) {
      const lines = (await sideOf(customer))?.lines ?? [];
      await post(url, "/api/line", { brand: key, customer, ...customerActOf(does, lines) });
    },
    async agentSends(customer, sends) {
      const to = (await sideOf(customer))?.userId ?? "";
      await post(url, "/api/genesys", { brand: key, to, ...agentActOf(sends) });
    },
    async conversation() {
      const seen = new Map<string, string[]>();
      for (const { customer, received, desktop } of await sides()) {
        seen.set(`phone ${customer}`, received.map(readPhoneLine));
        seen.set(`desktop ${customer}`, desktop.map(readDesktopLine));
      }
      return seen;
    },
    isTyping: async (customer) => ((await sideOf(customer))?.loadingUntil ?? 0) > Date.now(),
    async mediaFaults(side, sample) {
      const [place = "", customer = ""] = side.split(" ");
      const seen = await sideOf(customer);
      if (place === "desktop") {
        const { attachments = [] } = seen?.desktop.at(-1) ?? {};
        const urls = attachments.map(({ url }) => url);
        return mediaFaults(urls, sample);
      }
      const newest = seen?.received.at(-1);
      const answer = await post(url, "/api/line", { brand: key, customer, look: true });
      const found = lookSchema
        .parse(answer)
        .media.filter(({ messageId }) => messageId === newest?.id)
        .flatMap(({ use, faults }) => faults.map((fault) => `${use}: ${fault}`));
      return [...found, ...(await mediaFaults(urlsIn(newest?.message), sample))];
    },
  };
}

async function post(url: string, path: string, body: object): Promise<unknown> {
  const response = await fetch(new URL(path, url), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`the console refused ${path}: ${await response.text()}`);
  return response.json();
}
