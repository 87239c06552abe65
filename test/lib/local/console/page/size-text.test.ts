import { sizeText } from "../../../../../lib/local/console/page/size-text.ts";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1 kB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [24_960_000, "25.0 MB"],
])("says %d bytes as %s", (bytes, text) => expect(sizeText(bytes)).toBe(text));
