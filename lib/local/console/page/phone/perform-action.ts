import { webUrl } from "../media.tsx";
import type { Action } from "./line-actions.ts";

/** What a phone can do for an action. */
export interface PhoneAbilities {
  /** Posts what the customer does. */
  does: (what: object) => unknown;
  note: (text: string) => void;
  /** Ask the customer for more, before anything is sent. */
  askDate: (action: Action) => void;
  askPlace: () => void;
  askFile: () => void;
}

/** A tap on a button of a received message (LINE Messaging API reference, Action objects). */
export function performAction(action: Action | undefined, phone: PhoneAbilities): unknown {
  switch (action?.type) {
    case "message":
      return phone.does({ content: { type: "text", text: action.text } });
    case "postback":
      // LINE shows the older `text` instead.
      return phone.does({
        tap: {
          data: action.data,
          ...(action.displayText && { displayText: action.displayText }),
        },
      });
    case "uri": {
      const url = webUrl(action.uri);
      if (url === undefined) return phone.note(`The phone would open ${action.uri}`);
      return window.open(url, "_blank", "noopener");
    }
    case "clipboard":
      return navigator.clipboard
        .writeText(action.clipboardText ?? "")
        .then(() => phone.note(`Copied: ${action.clipboardText}`));
    case "datetimepicker":
      return phone.askDate(action);
    case "location":
      return phone.askPlace();
    case "camera":
    case "cameraRoll":
      return phone.askFile();
    default:
      return phone.note(`Not possible here: ${action?.type}`);
  }
}
