import type { Locator } from "playwright-core";
import { eventually } from "../eventually.ts";

const postback = (label: string) => ({ type: "postback", label, data: `data of ${label}` });
const box = (layout: string, ...contents: object[]) => ({ type: "box", layout, contents });
const flex = (contents: object) => ({ type: "flex", altText: "Flex", contents });
const template = (of: object) => ({ type: "template", altText: "Template", template: of });
const column = (title: string) => ({ title, text: "NT$390", actions: [postback(title)] });

const photo = (origin: string) => `${origin}/photo.jpg`;

/** A message object of each kind, and how to see that the phone shows it. `origin` serves the demo's files. */
export const ACCOUNT_MESSAGES: [
  kind: string,
  message: (origin: string) => object,
  check: (line: Locator) => Promise<unknown>,
][] = [
  [
    "a text with a link and a line break",
    () => ({ type: "text", text: "ดูที่\nhttps://shop.example/coat ค่ะ" }),
    async (line) => {
      const link = line.getByRole("link", { name: "https://shop.example/coat" });
      expect(await link.getAttribute("href")).toBe("https://shop.example/coat");
      expect(await line.locator(".text").innerText()).toContain("ดูที่\n");
    },
  ],
  [
    "a sticker, by its name without a network",
    () => ({ type: "sticker", packageId: "11538", stickerId: "51626496" }),
    (line) => line.getByText("CHOCO & Friends 3").waitFor(),
  ],
  [
    "an image",
    (origin) => ({
      type: "image",
      originalContentUrl: photo(origin),
      previewImageUrl: photo(origin),
    }),
    async (line) => isLoaded(line.getByRole("img")),
  ],
  [
    "a video",
    (origin) => ({
      type: "video",
      originalContentUrl: `${origin}/video.mp4`,
      previewImageUrl: photo(origin),
    }),
    (line) => plays(line.locator("video")),
  ],
  [
    "an audio",
    (origin) => ({
      type: "audio",
      originalContentUrl: `${origin}/greeting.mp3`,
      duration: 2_000,
    }),
    (line) => plays(line.locator("audio")),
  ],
  [
    "a location",
    () => ({
      type: "location",
      title: "東京駅",
      address: "丸の内",
      latitude: 35.5,
      longitude: 139,
    }),
    async (line) => {
      await line.getByText("東京駅").waitFor();
      const href = await line.getByRole("link").getAttribute("href");
      expect(href).toBe("https://www.google.com/maps/search/?api=1&query=35.5,139");
    },
  ],
  [
    "buttons",
    (origin) =>
      template({
        type: "buttons",
        thumbnailImageUrl: photo(origin),
        title: "羊毛外套",
        text: "M",
        actions: [postback("保留")],
      }),
    (line) => line.getByText("羊毛外套").waitFor(),
  ],
  [
    "a question",
    () => template({ type: "confirm", text: "OK?", actions: [postback("Yes"), postback("No")] }),
    (line) => line.getByRole("button", { name: "No" }).waitFor(),
  ],
  [
    "a carousel",
    () => template({ type: "carousel", columns: [column("Hat"), column("Scarf")] }),
    async (line) => expect(await line.locator(".card").count()).toBe(2),
  ],
  [
    "a carousel of images",
    (origin) =>
      template({
        type: "image_carousel",
        columns: [{ imageUrl: photo(origin), action: postback("Hat") }],
      }),
    (line) => line.getByRole("button", { name: "Hat" }).waitFor(),
  ],
  [
    "an imagemap",
    (origin) => ({
      type: "imagemap",
      baseUrl: `${origin}/shelf`,
      altText: "A shelf",
      baseSize: { width: 1040, height: 780 },
      actions: [{ type: "message", text: "Left", area: { x: 0, y: 0, width: 520, height: 780 } }],
    }),
    async (line) => {
      await isLoaded(line.getByRole("img", { name: "A shelf" }));
      await line.getByRole("button", { name: "Left" }).waitFor();
    },
  ],
  [
    "a Flex bubble, its boxes beside and below each other",
    (origin) =>
      flex({
        type: "bubble",
        hero: { type: "image", url: photo(origin), size: "full", aspectRatio: "20:13" },
        body: box(
          "vertical",
          { type: "text", text: "Cafe", weight: "bold", size: "xl", color: "#005500" },
          { type: "separator", margin: "md" },
          box(
            "horizontal",
            { type: "text", text: "Left" },
            { type: "text", contents: [{ type: "span", text: "Right" }], flex: 3 },
          ),
        ),
        footer: box("vertical", { type: "button", style: "primary", action: postback("Buy") }),
      }),
    async (line) => {
      await isLoaded(line.getByRole("img"));
      const title = line.getByText("Cafe");
      const style = await title.evaluate((element) => element.getAttribute("style"));
      expect(style).toMatch(/font-size: 22px.*color: rgb\(0, 85, 0\).*font-weight: bold/);
      const [left, right, buy] = await Promise.all(
        [line.getByText("Left"), line.locator(".flex-text").last(), line.getByText("Buy")].map(
          (part) => part.boundingBox(),
        ),
      );
      expect(right?.width).toBeCloseTo(3 * (left?.width ?? 0), 0);
      expect(right?.y).toBe(left?.y);
      expect(buy?.y).toBeGreaterThan(left?.y ?? Number.POSITIVE_INFINITY);
    },
  ],
  [
    "a Flex carousel",
    () =>
      flex({
        type: "carousel",
        contents: ["One", "Two"].map((text) => ({
          type: "bubble",
          size: "micro",
          body: box("vertical", { type: "text", text }),
        })),
      }),
    async (line) => {
      expect(await line.locator(".flex-bubble").count()).toBe(2);
      const { width } = (await line.locator(".flex-bubble").first().boundingBox()) ?? {};
      expect(width).toBe(160);
    },
  ],
];

export async function isLoaded(picture: Locator): Promise<void> {
  await picture.waitFor();
  await eventually(
    async () => (await picture.evaluate((image) => image.naturalWidth > 1)) || undefined,
  );
}

/** Chromium of Debian plays H.264, AAC and MP3. */
export async function plays(player: Locator): Promise<void> {
  await player.waitFor();
  await player.evaluate(async (media) => {
    media.muted = true;
    media.currentTime = 0.5;
    await media.play();
    media.pause();
  });
  expect(await player.evaluate((media) => media.duration)).toBeGreaterThan(0.5);
}
