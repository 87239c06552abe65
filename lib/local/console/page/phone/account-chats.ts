import type { PageReady, PageState } from "../wire.ts";
import type { AccountChat } from "./account-list.tsx";

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
