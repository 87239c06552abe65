import { textOf } from "./example-event.ts";

describe("locations", () => {
  it.each([
    [
      "title and address",
      { title: "สยามพารากอน", address: "991 ถนนพระราม 1" },
      "สยามพารากอน\n991 ถนนพระราม 1\n",
    ],
    [
      "an address alone",
      { address: "〒102-8282 東京都千代田区紀尾井町1番3号" },
      "〒102-8282 東京都千代田区紀尾井町1番3号\n",
    ],
    ["neither", {}, ""],
  ])("shows a location with %s and a link with the coordinates as sent", (_, fields, before) => {
    expect(
      textOf({ type: "location", latitude: "35.67966000", longitude: "-1.3973669e2", ...fields }),
    ).toBe(`${before}https://www.google.com/maps/search/?api=1&query=35.67966000,-1.3973669e2`);
  });
});
