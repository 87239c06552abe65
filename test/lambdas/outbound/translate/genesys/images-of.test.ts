import { imagesOf } from "../../../../../lambdas/outbound/translate/genesys/images-of.ts";
import { messageOf } from "../render.ts";

const held = (name: string) => `https://api-downloads.mypurecloud.jp/${name}`;
const origins = new Set(["https://api-downloads.mypurecloud.jp"]);

describe("imagesOf", () => {
  it("finds the images that Genesys Cloud hosts, wherever they are, each once", () => {
    const content = [
      { contentType: "Card", card: { title: "A", image: held("card"), actions: [] } },
      {
        contentType: "Carousel",
        carousel: { cards: [{ image: held("first") }, { image: held("card") }] },
      },
      { contentType: "QuickReply", quickReply: { text: "B", image: held("reply") } },
      { contentType: "DatePicker", datePicker: { imageUrl: held("date") } },
    ];
    expect(imagesOf(messageOf({ content }), origins)).toEqual(
      ["card", "first", "reply", "date"].map(held),
    );
  });

  it.each([
    ["images on other servers", { card: { image: "https://shop.example/a.png" } }],
    ["an image that is no URL", { card: { image: "a.png" } }],
    ["attachments, which are hosted anyway", { attachment: { url: held("file") } }],
    ["other types than text", { card: { image: 7 }, datePicker: { imageUrl: null } }],
  ])("leaves out %s", (_, content) => {
    expect(imagesOf(messageOf({ content: [content] }), origins)).toEqual([]);
  });

  it("looks only 6 levels deep and takes only 26 images", () => {
    let deep: object = { image: held("deep") };
    for (let depth = 0; depth < 5_000; depth++) deep = { deep };
    const cards = Array.from({ length: 100 }, (_, index) => ({ image: held(`${index}`) }));
    expect(imagesOf(messageOf({ content: [deep, { carousel: { cards } }] }), origins)).toEqual(
      cards.slice(0, 26).map(({ image }) => image),
    );
  });
});
