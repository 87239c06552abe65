import { render } from "../render.ts";

const place = (text: string) => render({ text }, { mapsLinks: "location" }).pushes.flat();

describe("a Google Maps link", () => {
  it.each([
    [
      "https://www.google.com/maps/search/?api=1&query=13.7563,100.5018",
      "Location",
      13.7563,
      100.5018,
    ],
    [
      "https://www.google.com/maps/search/?api=1&query=13.7563%2C+100.5018",
      "Location",
      13.7563,
      100.5018,
    ],
    ["https://www.google.com/maps/search/13.7563,+100.5018", "Location", 13.7563, 100.5018],
    ["https://www.google.co.th/maps?q=13.7563,100.5018", "Location", 13.7563, 100.5018],
    ["https://maps.google.com/?q=25.0330,121.5654", "Location", 25.033, 121.5654],
    ["https://maps.google.com/maps?q=loc:25.0330,121.5654", "Location", 25.033, 121.5654],
    ["https://maps.google.com.tw/?ll=25.0330,121.5654&z=16", "Location", 25.033, 121.5654],
    [
      "https://maps.google.co.jp/maps?q=東京タワー&ll=35.6586,139.7454",
      "東京タワー",
      35.6586,
      139.7454,
    ],
    ["https://www.google.com/maps/@-33.8568,151.2153,17z", "Location", -33.8568, 151.2153],
    [
      "https://www.google.com/maps/place/Siam+Paragon/@13.7462,100.5326,17z/data=!3m1!4b1!4m6!3m5!1s0x0!8m2!3d13.7468!4d100.5347!16s%2Fm",
      "Siam Paragon",
      13.7468,
      100.5347,
    ],
    [
      "https://www.google.com/maps/place/%E0%B8%AA%E0%B8%A2%E0%B8%B2%E0%B8%A1/@13.7462,100.5326,17z",
      "สยาม",
      13.7462,
      100.5326,
    ],
    ["https://www.google.com/maps/place/13.7563,100.5018", "Location", 13.7563, 100.5018],
    ["  https://google.com/maps/?q=0,0\n", "Location", 0, 0],
  ])("becomes a location: %s", (link, title, latitude, longitude) => {
    expect(place(link)).toEqual([
      { type: "location", title, address: `${latitude}, ${longitude}`, latitude, longitude },
    ]);
  });

  it.each([
    ["words around it", "ที่นี่ https://www.google.com/maps?q=13.7563,100.5018"],
    ["no coordinates", "https://www.google.com/maps/place/Siam+Paragon"],
    ["a short link", "https://maps.app.goo.gl/abc"],
    ["a route", "https://www.google.com/maps/dir/13.7,100.5/13.8,100.6/@13.7,100.5,14z"],
    ["http", "http://www.google.com/maps?q=13.7563,100.5018"],
    ["another host", "https://www.google.com.evil.example/maps?q=13.7563,100.5018"],
    ["a user before the host", "https://www.google.com@google.com/maps?q=13.7563,100.5018"],
    ["a port", "https://www.google.com:8443/maps?q=13.7563,100.5018"],
    ["another page", "https://www.google.com/search?q=13.7563,100.5018"],
    ["a latitude out of range", "https://www.google.com/maps?q=91,100.5018"],
    ["a longitude out of range", "https://www.google.com/maps?q=13.7563,180.1"],
    ["more numbers", "https://www.google.com/maps?q=13.7563,100.5018,7"],
  ])("stays text with %s", (_, text) => {
    expect(place(text)).toEqual([{ type: "text", text }]);
  });

  it("stays text if the brand does not ask for locations", () => {
    const text = "https://www.google.com/maps?q=13.7563,100.5018";
    expect(render({ text }).pushes).toEqual([[{ type: "text", text }]]);
  });

  it("shortens a long name", () => {
    const name = "地".repeat(200);
    expect(place(`https://www.google.com/maps/place/${name}/@35.6,139.7,17z`)).toMatchObject([
      { title: `${"地".repeat(99)}…` },
    ]);
  });
});
