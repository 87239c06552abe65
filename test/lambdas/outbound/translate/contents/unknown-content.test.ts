import { readable, rendered } from "../render.ts";

const page = (...titles: string[]) => ({
  pageComponents: titles.map((title) => ({
    formComponentType: "Input",
    input: { id: "x", title },
  })),
});

describe("content that LINE cannot show", () => {
  it.each([
    [
      "a form",
      {
        contentType: "Form",
        form: {
          cannedResponseId: "5c2a7f7e",
          introduction: { title: "แบบสอบถาม", subtitle: "ใช้เวลา 1 นาที", buttonText: "เริ่ม" },
          formPages: [{ title: "หน้า 1", subtitle: "", ...page("ชื่อ", "อีเมล") }],
          replyMessage: { title: "ขอบคุณ" },
        },
      },
      "แบบสอบถาม\nใช้เวลา 1 นาที\nหน้า 1\nชื่อ\nอีเมล",
    ],
    [
      "a rich link",
      { contentType: "RichLink", richLink: { title: "商品", url: "https://shop.example/商品" } },
      "商品\nhttps://shop.example/%E5%95%86%E5%93%81",
    ],
    [
      "an app",
      {
        contentType: "InteractiveApplication",
        interactiveApplication: { name: "予約", url: "data:text/plain,1" },
      },
      "予約",
    ],
    [
      "a payment",
      {
        contentType: "PaymentRequest",
        paymentRequest: { orderTotal: 480, lineItems: [{ name: "うどん", price: 480 }] },
      },
      "うどん",
    ],
    ["a type of the future", { contentType: "Hologram", hologram: { body: "你好" } }, "你好"],
    [
      "nothing to read",
      { contentType: "Reactions", reactions: [] },
      "[Reactions: cannot be shown in LINE]",
    ],
    ["no type", { a: 1 }, "[Content: cannot be shown in LINE]"],
    ["a type of another type", { contentType: 7 }, "[Content: cannot be shown in LINE]"],
  ])("is shown by its readable text: %s", (_, content, text) => {
    expect(readable(rendered(content))).toEqual([text]);
  });

  it("is never longer than one message", () => {
    const titles = Array.from({ length: 1_000 }, (_, n) => `${n}${"字".repeat(2_000)}`);
    const [text = "", ...others] = readable(
      rendered({ contentType: "Form", form: page(...titles) }),
    );
    expect(others).toEqual([]);
    expect(text).toHaveLength(5_000);
    expect(text.endsWith("…")).toBe(true);
  });
});
