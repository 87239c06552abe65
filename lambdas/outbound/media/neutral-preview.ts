import type { LineImage } from "../images/convert-image.ts";

/** Dark grey, 480 × 270 pixels. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAeAAAAEOAQMAAABrVFYkAAAAA1BMVEUmJiaKaQFRAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAA" +
  "JklEQVR42u3BAQ0AAADCoPdPbQ8HFAAAAAAAAAAAAAAAAAAAAPBpQFYAAQ1vQpAAAAAASUVORK5CYII=";

/**
 * What stands for a video until it is played: LINE demands an image of the same aspect ratio, and
 * shows it behind a video of another one, where a dark one does not disturb.
 * https://developers.line.biz/en/reference/messaging-api/#video-message
 */
export const NEUTRAL_PREVIEW: LineImage = { bytes: Buffer.from(PNG, "base64"), mime: "image/png" };
