import fc from "fast-check";
import { decodeButton } from "../../../../../lambdas/shared/genesys/button-data.ts";
import { MESSAGE_ID, readable, rendered, taps } from "../render.ts";

const choose = { type: "Postback", text: "選択", payload: "p1" };
const details = { type: "Link", text: "詳細", url: "https://shop.example/商品/1" };
const image = "https://shop.example/a.png";
const cardOf = (card: unknown) => ({ contentType: "Card", card });
const carouselOf = (...cards: unknown[]) => ({ contentType: "Carousel", carousel: { cards } });

describe("a card", () => {
  it("is a buttons template if everything fits", () => {
    const card = {
      title: "プラン A",
      description: "月額 980 円",
      image,
      defaultAction: { type: "Link", url: "https://shop.example/" },
      actions: [choose, details],
    };
    const messages = rendered(cardOf(card));
    expect(messages).toEqual([
      {
        type: "template",
        altText: "プラン A",
        template: {
          type: "buttons",
          title: "プラン A",
          text: "月額 980 円",
          thumbnailImageUrl: image,
          defaultAction: { type: "uri", label: "Open", uri: "https://shop.example/" },
          actions: [
            { type: "postback", label: "選択", displayText: "選択", data: expect.any(String) },
            { type: "uri", label: "詳細", uri: "https://shop.example/%E5%95%86%E5%93%81/1" },
          ],
        },
      },
    ]);
    expect(decodeButton(String(taps(messages).at(1)?.data))).toEqual({
      kind: "button",
      button: {
        type: "Button",
        originatingMessageId: MESSAGE_ID,
        text: "選択",
        payload: "p1",
      },
    });
  });

  it("uses its title as the text if it has no description", () => {
    const [message] = rendered(cardOf({ title: "โปรโมชั่น", description: "", actions: [choose] }));
    expect(message).toMatchObject({ template: { type: "buttons", text: "โปรโมชั่น" } });
    expect(message).not.toHaveProperty("template.title");
  });

  it.each([
    ["a title of 41 characters", { title: "題".repeat(41), description: "説明" }],
    ["a description of 61 characters", { title: "題", description: "説".repeat(61) }],
    ["no actions", { title: "題", description: "説明", actions: [] }],
    ["five actions", { title: "題", actions: Array(5).fill(choose) }],
    ["a label of 21 characters", { title: "題", actions: [{ ...choose, text: "選".repeat(21) }] }],
    ["an image alone", { image, actions: [] }],
    ["actions alone", {}],
  ])("is a Flex Message for %s, and nothing is cut off", (_, card) => {
    const { title, description }: Record<string, unknown> = card;
    const messages = rendered(cardOf({ actions: [choose], ...card }));
    expect(messages.map(({ type }) => type)).toEqual(["flex"]);
    const texts = readable(messages);
    expect(texts).toEqual(
      expect.arrayContaining([title, description].filter((text) => text !== undefined)),
    );
  });

  it.each([
    ["160 characters without a title", "ก".repeat(160), "template"],
    ["161 characters without a title", "ก".repeat(161), "flex"],
    ["60 emoji under a title", "😀".repeat(60), "template"],
    ["31 graphemes of two code points under a title", "👍🏽".repeat(31), "flex"],
  ])("counts code points: %s", (name, description, type) => {
    const title = name.includes("under") ? "題" : "";
    expect(rendered(cardOf({ title, description, actions: [choose] }))).toMatchObject([{ type }]);
  });

  it("shows 30 buttons that can all be tapped", () => {
    const actions = Array.from({ length: 30 }, (_, n) => ({ ...choose, text: `${n + 1} 番` }));
    const messages = rendered(cardOf({ title: "一覧", actions }));
    expect(messages).toMatchObject([{ type: "flex", contents: { type: "carousel" } }]);
    expect(taps(messages).map(({ label }) => label)).toEqual(actions.map(({ text }) => text));
  });

  it.each([
    ["mailto", "mailto:help@shop.example"],
    ["a link of more than 1,000 characters", `https://shop.example/${"a".repeat(1_000)}`],
    ["no URL", "shop"],
    ["a script", "javascript:alert(1)"],
  ])("shows links that no button can hold as text: %s", (_, url) => {
    const messages = rendered(cardOf({ title: "題", actions: [choose, { ...details, url }] }));
    expect(messages).toMatchObject([{ type: "template" }, { type: "text", text: `詳細: ${url}` }]);
  });

  it.each([
    ["tel:+66 2 123 4567", "tel:+6621234567"],
    [
      "https://shop.example/a b?q=ก|{x}#[1]",
      "https://shop.example/a%20b?q=%E0%B8%81%7C%7Bx%7D#%5B1%5D",
    ],
    ["https://shop.example/100%", "https://shop.example/100%25"],
    ["https://商店.example", "https://xn--czrs0t.example/"],
  ])("encodes the link %s", (url, uri) => {
    const messages = rendered(cardOf({ title: "題", actions: [{ ...details, url }] }));
    expect(taps(messages)).toMatchObject([{ uri }]);
  });

  it.each([
    ["http", "http://shop.example/a.png"],
    ["too long", `https://shop.example/${"a".repeat(2_000)}`],
    ["no URL", "a.png"],
    ["no text", 7],
  ])("leaves out an image that LINE does not accept: %s", (_, url) => {
    const messages = rendered(cardOf({ title: "題", image: url, actions: [choose] }));
    expect(messages).toMatchObject([{ type: "template" }]);
    expect(messages).not.toHaveProperty("0.template.thumbnailImageUrl");
  });

  it("shows images of a trusted origin without https", () => {
    const card = cardOf({ title: "題", image: "http://127.0.0.1:3000/a.png", actions: [choose] });
    const trustedOrigins = new Set(["http://127.0.0.1:3000"]);
    expect(rendered(card, { trustedOrigins })).toHaveProperty(
      "0.template.thumbnailImageUrl",
      "http://127.0.0.1:3000/a.png",
    );
  });

  it("has a button that opens its video", () => {
    const messages = rendered(cardOf({ title: "題", video: "https://shop.example/v.mp4" }));
    expect(taps(messages)).toEqual([
      { type: "uri", label: "▶ Video", uri: "https://shop.example/v.mp4" },
    ]);
  });

  it("shows its default action as a button if it has no other", () => {
    const messages = rendered(cardOf({ title: "題", defaultAction: { ...details, text: "" } }));
    expect(messages).toMatchObject([{ template: { actions: [{ type: "uri", label: "Open" }] } }]);
  });

  it("is a note if it is empty", () => {
    expect(readable(rendered(cardOf({ title: 5, actions: "none" })))).toEqual([
      "[Card: cannot be shown in LINE]",
    ]);
  });
});

describe("texts that are too long for a card", () => {
  const words = fc
    .array(fc.constantFrom("ข้อกำหนด", "規約", "terms ", "👩🏽‍💻", "é", "\n\n", ". "), {
      maxLength: 8,
    })
    .chain((some) => fc.nat(900).map((times) => `${some.join("")}x`.repeat(times)));
  const solid = (text: string) => text.replace(/\s/g, "");
  /** Characters of all texts together. Of much more, LINE gets so many messages as an answer may have, and a note. */
  const CARRIED = 60_000;

  it("go before it as text: 3,600 characters of description", () => {
    const description = "ข้อกำหนดและเงื่อนไข ".repeat(180).trim();
    const messages = rendered(cardOf({ title: "規約", description, actions: [choose] }));
    expect(messages).toMatchObject([{ type: "text", text: description }, { type: "flex" }]);
    expect(readable(messages[1]).slice(0, 2)).toEqual(["規約", "選択"]);
  });

  it("say in a row of cards whose they are", () => {
    const description = "x".repeat(2_001);
    const cards = carouselOf({ title: "A", description }, { title: "B", actions: [choose] });
    expect(rendered(cards)).toMatchObject([{ type: "text", text: `A\n${description}` }, {}]);
  });

  it("are never lost, whatever the kind of card", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(words, words), { minLength: 1, maxLength: 3 }), (texts) => {
        fc.pre(texts.flat().join("").length <= CARRIED);
        const [[title = "", text = ""] = []] = texts;
        const cards = texts.map(([name, description]) => ({
          title: name,
          description,
          actions: [choose],
        }));
        const sections = [{ title, items: [{ id: "1", title: "選択" }] }];
        for (const content of [
          cardOf(cards[0]),
          carouselOf(...cards),
          { contentType: "DatePicker", datePicker: { title, subtitle: text } },
          {
            contentType: "ListPicker",
            listPicker: { receivedMessage: { title, subtitle: text }, sections },
          },
          {
            contentType: "Notification",
            template: {
              header: { text: title },
              body: { text },
              buttons: [{ type: "QuickReply", text: "選択", payload: "p" }],
            },
          },
        ]) {
          const read = solid(readable(rendered(content)).join(""));
          const said = content.contentType === "Carousel" ? texts.flat() : [title, text];
          for (const each of said) expect(read).toContain(solid(each));
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("a carousel", () => {
  const plan = (title: string, more = {}) => ({
    title,
    image,
    actions: [choose, details],
    ...more,
  });

  it("is a carousel template if all cards are alike", () => {
    const messages = rendered(carouselOf(plan("プラン A"), plan("プラン B")));
    expect(messages).toMatchObject([
      {
        type: "template",
        altText: "プラン A, プラン B",
        template: { type: "carousel", columns: [{ text: "プラン A" }, { text: "プラン B" }] },
      },
    ]);
  });

  it.each([
    ["number of actions", { actions: [choose] }],
    ["image", { image: "" }],
    ["description", { description: "説明" }],
  ])("is a Flex Message if cards differ in their %s", (_, more) => {
    const messages = rendered(carouselOf(plan("A"), plan("B", more)));
    expect(messages).toMatchObject([
      { type: "flex", contents: { type: "carousel", contents: [{}, {}] } },
    ]);
  });

  it.each([
    ["templates", {}, [10, 10, 5]],
    ["Flex Messages", { description: "説".repeat(100) }, [12, 12, 1]],
  ])("continues in further messages: %s", (_, more, counts) => {
    const cards = Array.from({ length: 25 }, (_, n) => plan(`${n}`, more));
    const sizes = rendered(carouselOf(...cards)).map(
      (message) => taps(message).filter(({ type }) => type === "postback").length,
    );
    expect(sizes).toEqual(counts);
  });

  it("leaves out cards that cannot be read", () => {
    expect(readable(rendered(carouselOf(null, "card", plan("A"), {})))).toContain("A");
    expect(readable(rendered(carouselOf()))).toEqual(["[Carousel: cannot be shown in LINE]"]);
  });
});
