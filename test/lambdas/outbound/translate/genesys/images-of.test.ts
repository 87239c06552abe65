import { picturesOf } from "../../../../../lambdas/outbound/translate/genesys/images-of.ts";
import { messageOf } from "../render.ts";

const held = (name: string) => `https://api-downloads.mypurecloud.jp/${name}`;
const origins = new Set(["https://api-downloads.mypurecloud.jp"]);

describe("picturesOf", () => {
  it("finds what Genesys Cloud holds, wherever a picture can be, each once", () => {
    const content = [
      { contentType: "Card", card: { title: "A", image: held("card"), actions: [] } },
      {
        contentType: "Carousel",
        carousel: { cards: [{ image: held("first") }, { image: held("card") }] },
      },
      { contentType: "QuickReply", quickReply: { text: "B", image: held("reply") } },
      { contentType: "DatePicker", datePicker: { imageUrl: held("date") } },
    ];
    expect(picturesOf(messageOf({ content }), origins)).toEqual(
      ["card", "first", "reply", "date"].map(held),
    );
  });

  it.each([
    ["pictures that are elsewhere", { card: { image: "https://shop.example/a.png" } }],
    ["what is no URL", { card: { image: "a.png" } }],
    ["attachments, which are hosted by themselves", { attachment: { url: held("file") } }],
    ["other types than text", { card: { image: 7 }, datePicker: { imageUrl: null } }],
  ])("leaves alone %s", (_, content) => {
    expect(picturesOf(messageOf({ content: [content] }), origins)).toEqual([]);
  });

  it("looks only so deep and takes only so many", () => {
    let deep: object = { image: held("deep") };
    for (let depth = 0; depth < 5_000; depth++) deep = { deep };
    const cards = Array.from({ length: 100 }, (_, index) => ({ image: held(`${index}`) }));
    expect(picturesOf(messageOf({ content: [deep, { carousel: { cards } }] }), origins)).toEqual(
      cards.slice(0, 26).map(({ image }) => image),
    );
  });
});
