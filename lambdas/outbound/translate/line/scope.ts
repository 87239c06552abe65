import type { messagingApi } from "@line/bot-sdk";
import { type Button, encodeButton, type LongButton } from "../../../shared/genesys/button-data.ts";
import type { TemplateCall } from "../text/template-marker.ts";
import type { Words } from "../text/words.ts";

/** What the contents of one Genesys message share while they are rendered. */
export interface Scope {
  /** The `data` of a button that answers Genesys. */
  buttonData(button: Omit<Button, "originatingMessageId">): string;
  /** The URL of an image, video or audio as LINE accepts it, or undefined if LINE would refuse it. */
  mediaUrl(url: string): string | undefined;
  /** The messages of a template of the brand. Throws PermanentFailure for one that cannot be sent so. */
  template(call: TemplateCall): messagingApi.Message[];
  mapsLinks: "text" | "location";
  /** IANA */
  timeZone: string;
  /** In the language of the market. */
  words: Words;
}

/** Numbers the buttons of a Genesys message, and collects those that are too long for LINE in `longButtons`. */
export function numberedButtons(originatingMessageId: string): {
  buttonData: Scope["buttonData"];
  longButtons: LongButton[];
} {
  const longButtons: LongButton[] = [];
  let index = 0;
  return {
    longButtons,
    buttonData: ({ type, text, payload }) => {
      const button: Button = { type, originatingMessageId, text, payload };
      const { data, isLong } = encodeButton(button, index);
      if (isLong) longButtons.push({ ...button, index });
      index += 1;
      return data;
    },
  };
}
