import { decodeButton } from "../../../../../lambdas/shared/genesys/button-data.ts";
import { readable, rendered, taps } from "../render.ts";

const listPickerOf = (listPicker: unknown) => ({ contentType: "ListPicker", listPicker });
const items = (...titles: string[]) => titles.map((title) => ({ id: `id-${title}`, title }));

describe("a list picker", () => {
  it("shows a heading and buttons for every section", () => {
    const messages = rendered(
      listPickerOf({
        receivedMessage: { title: "ご注文", subtitle: "お選びください" },
        replyMessage: { title: "ありがとうございます" },
        sections: [
          { title: "飲み物", multipleSelection: true, items: items("お茶", "水") },
          { title: "食べ物", items: [{ id: "1", title: "うどん", subtitle: "480 円" }] },
        ],
      }),
    );
    expect(messages).toMatchObject([{ type: "flex", altText: "ご注文, 飲み物, 食べ物" }]);
    expect(readable(messages)).toEqual([
      "ご注文",
      "お選びください",
      "飲み物",
      "お茶",
      "水",
      "食べ物",
      "うどん · 480 円",
    ]);
    expect(taps(messages).map(({ data }) => decodeButton(String(data)))).toMatchObject([
      { button: { type: "Button", text: "お茶", payload: "id-お茶" } },
      { button: { type: "Button", text: "水", payload: "id-水" } },
      { button: { type: "Button", text: "うどん", payload: "1" } },
    ]);
  });

  it.each([1, 12, 13, 150, 400])("has a button for each of %d items", (count) => {
    const titles = Array.from({ length: count }, (_, index) => `เมนูที่ ${index + 1}`);
    const messages = rendered(
      listPickerOf({ sections: [{ title: "เมนู", items: items(...titles) }] }),
    );
    expect(taps(messages).map(({ label }) => label)).toEqual(titles);
  });

  it.each([
    ["no sections", { sections: [] }],
    ["sections that cannot be read", { sections: [7, { items: "x" }, { items: [{}] }] }],
  ])("is a note if it has %s", (_, listPicker) => {
    expect(readable(rendered(listPickerOf(listPicker)))).toEqual([
      "[ListPicker: cannot be shown in LINE]",
    ]);
  });
});
