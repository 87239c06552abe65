import { isQuotable, quotedLine } from "../../../../../../lib/local/console/page/phone/quotes.ts";
import type { PhoneLine } from "../../../../../../lib/local/console/page/wire.ts";

const shared = { at: 0, text: "" };
const asked: PhoneLine = {
  ...shared,
  id: "1",
  from: "customer",
  message: { type: "text", markAsReadToken: "r", quoteToken: "q" },
};
const answered: PhoneLine = { ...shared, id: "2", from: "account", message: { type: "text" } };

it.each<[string, PhoneLine, boolean]>([
  ["a text of the customer", asked, true],
  ["a text of the account", answered, true],
  ["a Flex Message", { ...answered, message: { type: "flex" } }, false],
  ["an audio", { ...asked, message: { type: "audio", markAsReadToken: "r" } }, false],
  ["what is unsent", { ...asked, isUnsent: true }, false],
  ["the words that a tap shows", { ...asked, message: { type: "text" } }, false],
])("knows whether it can be quoted: %s", (_, line, isIt) => expect(isQuotable(line)).toBe(isIt));

it("finds what the customer quotes by its id", () => {
  const line: PhoneLine = { ...asked, id: "3", message: { type: "text", quotedMessageId: "2" } };
  expect(quotedLine(line, [asked, answered, line])).toBe(answered);
  expect(quotedLine(line, [asked, line])).toBeUndefined();
});

it("finds what the account quotes by the token that came with it", () => {
  const line: PhoneLine = { ...answered, id: "3", message: { type: "text", quoteToken: "q" } };
  expect(quotedLine(line, [asked, answered, line])).toBe(asked);
});

it("finds nothing where nothing is quoted", () => {
  expect(quotedLine(asked, [asked, answered])).toBeUndefined();
  expect(quotedLine(answered, [asked, answered])).toBeUndefined();
});
