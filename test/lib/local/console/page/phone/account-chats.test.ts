import { accountChats } from "../../../../../../lib/local/console/page/phone/account-chats.ts";
import type { PageState } from "../../../../../../lib/local/console/page/wire.ts";

const ready = {
  market: "Thailand",
  brands: { retail: { brand: "Retail_Thai" }, travel: { brand: "Travel_Thai" } },
};
const retail: PageState = {
  brand: "retail",
  replaced: [],
  conversations: [],
  receipts: [],
  phones: [
    {
      customer: "สมชาย",
      userId: "U1",
      loadingUntil: 0,
      hasBlocked: false,
      lines: [
        { id: "1", at: 1, from: "customer", text: "a", message: { type: "text" } },
        { id: "2", at: 2, from: "account", text: "b", message: { type: "text" } },
      ],
    },
  ],
};

it("has a chat with each brand's account, with its last message", () => {
  expect(accountChats(ready, { retail }, "สมชาย")).toEqual([
    { brand: "retail", name: "Retail_Thai", text: "b", at: 2 },
    { brand: "travel", name: "Travel_Thai", text: undefined, at: undefined },
  ]);
});

it("shows a customer no messages of another one", () => {
  expect(accountChats(ready, { retail }, "美玲")[0]).toMatchObject({ text: undefined });
});
