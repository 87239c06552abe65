import {
  filledText,
  summaryOf,
} from "../../../../../../lib/local/console/page/desktop/structured.ts";

it.each([
  ["no parameter", { text: "Hello", parameters: [] }, "Hello"],
  ["a parameter twice", { text: "{{a}} {{a}}", parameters: [{ name: "a", text: "$&" }] }, "$& $&"],
  ["an unknown one", { text: "{{b}}", parameters: [{ name: "a", text: "1" }] }, "{{b}}"],
  ["nothing", { parameters: [] }, ""],
])("fills a template with %s", (_, template, text) => expect(filledText(template)).toBe(text));

it("says what a notification says", () => {
  const body = { text: "Order {{id}}", parameters: [{ name: "id", text: "A-1" }] };
  const template = { header: { text: "Sent", parameters: [] }, body, buttons: [] };
  expect(summaryOf({ contentType: "Notification", template })).toBe(
    "[Notification] Sent · Order A-1",
  );
});
