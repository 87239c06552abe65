import type { OutboundMessage } from "../../simulators/genesys/outbound.ts";

/** The structured messages of a bot, in the order in which the console shows them. */
export const BOT_MESSAGE_NAMES = [
  "Quick replies",
  "Quick replies V2",
  "Card",
  "Carousel",
  "List picker",
  "Date picker",
  "Notification",
] as const;
export type BotMessageName = (typeof BOT_MESSAGE_NAMES)[number];

/** An answer that agents insert and change before they send it. */
export interface CannedResponse {
  title: string;
  text: string;
  /** The brand's template that the text sends, by its name. */
  template?: string;
}

/** What people of one language say to each other in the console and the demo. */
export interface Samples {
  /** Customers that are there without having written. */
  customers: readonly [string, ...string[]];
  /** What the customer's phone sends as a sticker. */
  sticker: {
    type: "sticker";
    packageId: string;
    stickerId: string;
    /** LINE gives them in the customer's language. */
    keywords: readonly string[];
  };
  /** A shop of the market, as the customer's phone sends it. */
  location: {
    type: "location";
    title: string;
    address: string;
    latitude: number;
    longitude: number;
  };
  cannedResponses: readonly CannedResponse[];
  botMessages: Readonly<Record<BotMessageName, OutboundMessage>>;
}
