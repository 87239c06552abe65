import type { Picture } from "./picture.ts";
import { vips } from "./vips.ts";

const WIDTH = 480;
const HEIGHT = 270;
const DARK_GREY = 38;

/**
 * What stands for a video until it is played: LINE demands a picture of the same aspect ratio, and
 * shows it behind a video of another one, where a dark one does not disturb.
 * https://developers.line.biz/en/reference/messaging-api/#video-message
 */
export async function neutralPreview(): Promise<Picture> {
  const library = await vips();
  using black = library.Image.black(WIDTH, HEIGHT, { bands: 3 });
  using dark = black.add(DARK_GREY);
  return { bytes: dark.jpegsaveBuffer(), mime: "image/jpeg" };
}
