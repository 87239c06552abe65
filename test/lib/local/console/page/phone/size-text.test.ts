import { sizeText } from "../../../../../../lib/local/console/page/phone/size-text.ts";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1.0 kB"],
  [12_345, "12.3 kB"],
  [4_000_000, "4.0 MB"],
])("%d bytes are %s", (bytes, text) => expect(sizeText(bytes)).toBe(text));
