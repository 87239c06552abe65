import { readable, rendered } from "../render.ts";

describe("a location", () => {
  const locationOf = (location: unknown) => ({ contentType: "Location", location });

  it.each([
    [
      { text: "สยามพารากอน", address: "991 ถนนพระราม 1", latitude: 13.7468, longitude: 100.5347 },
      { title: "สยามพารากอน", address: "991 ถนนพระราม 1" },
    ],
    [
      { address: "東京都港区", latitude: 35.6, longitude: 139.7 },
      { title: "東京都港区", address: "東京都港区" },
    ],
    [
      { latitude: 0, longitude: 0 },
      { title: "Location", address: "0, 0" },
    ],
  ])("is a LINE location if it has coordinates: %j", (location, expected) => {
    expect(rendered(locationOf(location))).toMatchObject([{ type: "location", ...expected }]);
  });

  it("goes after a name and an address that are too long for it, as text", () => {
    const [text, address] = ["名".repeat(101), "1 ถนนพระราม ".repeat(20).trim()];
    const messages = rendered(locationOf({ text, address, latitude: 0, longitude: 0 }));
    expect(messages).toMatchObject([
      { type: "text", text: `${text}\n${address}` },
      { type: "location" },
    ]);
    expect(rendered(locationOf({ text: "名", address, latitude: 0, longitude: 0 }))).toMatchObject([
      { text: address },
      { title: "名" },
    ]);
  });

  it.each([
    [
      { text: "本店", url: "https://maps.example/本", latitude: 200, longitude: 0 },
      ["本店\nhttps://maps.example/%E6%9C%AC"],
    ],
    [{ address: "東京都港区", latitude: "35.6" }, ["東京都港区"]],
    [{ latitude: 3 }, ["[Location: cannot be shown in LINE]"]],
  ])("is a text if it has none: %j", (location, texts) => {
    expect(readable(rendered(locationOf(location)))).toEqual(texts);
  });
});
