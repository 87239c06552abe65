import type { PageReady, PageState } from "../wire.ts";

/** The chat of the customer with one brand's account. */
export interface AccountChat {
  /** The brand's key. */
  brand: string;
  /** The account's name: that of the brand. */
  name: string;
  /** Of the last message; both undefined while there is none. */
  text: string | undefined;
  at: number | undefined;
}

/** The customer's chats with the accounts of all brands, as far as each is known. */
export function accountChats(
  ready: PageReady,
  states: Record<string, PageState>,
  customer: string,
): AccountChat[] {
  return Object.entries(ready.brands).map(([brand, { brand: name }]) => {
    const phone = states[brand]?.phones.find((one) => one.customer === customer);
    const { text, at } = phone?.lines.at(-1) ?? {};
    return { brand, name, text, at };
  });
}
