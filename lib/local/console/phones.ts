import { readableText } from "../simulators/line/chats.ts";
import type { LinePlatform } from "../simulators/line/line-platform.ts";
import type { LineContent } from "../simulators/line/webhook-events.ts";

/** One line of a chat on a customer's phone. */
export interface PhoneLine {
  at: number;
  from: "customer" | "account";
  text: string;
}

export interface Phone {
  customer: string;
  userId: string;
  lines: PhoneLine[];
}

/** The phones of the customers who are played in the console. */
export interface Phones {
  /** The customer writes to the brand's account; resolves with LINE's webhook delivery. */
  say(
    brand: string,
    customer: string,
    content: LineContent,
  ): Promise<{ userId: string; status: number }>;
  of(brand: string): Phone[];
}

export function createPhones(line: LinePlatform | undefined): Phones {
  const said: (PhoneLine & { brand: string; userId: string })[] = [];

  return {
    async say(brand, customer, content) {
      if (line === undefined) throw new Error("LINE is another server in this run.");
      const { userId } = line.customers.named(customer);
      said.push({ brand, userId, at: Date.now(), from: "customer", text: readableText(content) });
      const { status } = await line.send(brand, customer, content);
      return { userId, status };
    },
    of(brand) {
      if (line === undefined) return [];
      return line.customers.list().map(({ userId, displayName }) => {
        const own = said.filter((one) => one.brand === brand && one.userId === userId);
        const received = line
          .inbox(brand, userId)
          .map(({ at, text }): PhoneLine => ({ at, from: "account", text }));
        const lines = [...own.map(({ at, from, text }) => ({ at, from, text })), ...received];
        return {
          customer: displayName ?? userId,
          userId,
          lines: lines.toSorted((one, other) => one.at - other.at),
        };
      });
    },
  };
}
