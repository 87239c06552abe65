import { decodeButton } from "../../../../../lambdas/shared/genesys/button-data.ts";
import { readable, rendered, taps } from "../render.ts";

const notificationOf = (template: unknown) => ({ contentType: "Notification", template });
const text = (content: string, ...parameters: unknown[]) => ({ text: content, parameters });

describe("a notification", () => {
  it("is a text with its placeholders filled in if it has no buttons", () => {
    const messages = rendered(
      notificationOf({
        header: { type: "Text", ...text("ご注文 {{1}}", { text: "A-1" }) },
        body: text(
          "{{name}} 様、{{ 2 }} に発送しました。{{3}}",
          { name: "name", text: "山田" },
          { text: "12月1日" },
        ),
        footer: { text: "お問い合わせはこちら" },
      }),
    );
    expect(messages).toEqual([
      {
        type: "text",
        text: "ご注文 A-1\n\n山田 様、12月1日 に発送しました。{{3}}\n\nお問い合わせはこちら",
      },
    ]);
  });

  it("shows the text of a parameter as it is", () => {
    const body = text("{{1}} {{2}}", { text: "$& $1" }, { text: "{{1}}" });
    expect(readable(rendered(notificationOf({ body })))).toEqual(["$& $1 {{1}}"]);
  });

  it("shows its parameters if only the provider knows the text", () => {
    const body = { parameters: [{ name: "1", text: "สมชาย" }, { text: "A-1" }] };
    expect(readable(rendered(notificationOf({ body })))).toEqual(["สมชาย\nA-1"]);
  });

  it("has its buttons in their order", () => {
    const messages = rendered(
      notificationOf({
        body: text("ส่งแล้ว"),
        buttons: [
          {
            type: "Url",
            text: "ติดตาม",
            index: 2,
            url: "https://shop.example/{{1}}",
            parameters: [{ text: "ก" }],
          },
          { type: "PhoneNumber", text: "โทร", index: 1, phoneNumber: "+66 (2) 123-4567" },
          { type: "QuickReply", text: "ตกลง", index: 0, payload: "ok" },
        ],
      }),
    );
    expect(messages).toMatchObject([{ type: "template" }]);
    expect(taps(messages)).toMatchObject([
      { type: "postback", label: "ตกลง" },
      { type: "uri", label: "โทร", uri: "tel:+6621234567" },
      { type: "uri", label: "ติดตาม", uri: "https://shop.example/%E0%B8%81" },
    ]);
    expect(decodeButton(String(taps(messages)[0]?.data))).toMatchObject({
      button: { type: "QuickReply", text: "ตกลง", payload: "ok" },
    });
  });

  it("shows links that no button can hold as text", () => {
    const buttons = [{ type: "Url", text: "เขียน", index: 0, url: "mailto:help@shop.example" }];
    expect(readable(rendered(notificationOf({ body: text("ส่งแล้ว"), buttons })))).toEqual([
      "ส่งแล้ว\n\nเขียน: mailto:help@shop.example",
    ]);
  });

  it("shows the image of its header first", () => {
    const media = { mediaType: "Image", url: "https://api-downloads.mypurecloud.jp/1" };
    const attachments = new Map([
      [
        0,
        { kind: "image", url: "https://m.example/1", previewUrl: "https://m.example/2" } as const,
      ],
    ]);
    const content = notificationOf({ header: { type: "Media", media }, body: text("写真です") });
    expect(rendered(content, { attachments })).toMatchObject([
      { type: "image" },
      { type: "text", text: "写真です" },
    ]);
    expect(readable(rendered(notificationOf({ header: { type: "Media", media } })))).toEqual([
      "[Notification: cannot be shown in LINE]",
    ]);
  });
});
