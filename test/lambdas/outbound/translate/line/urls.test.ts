import fc from "fast-check";
import {
  linkUri,
  mediaUrl,
  phoneUri,
} from "../../../../../lambdas/outbound/translate/line/urls.ts";
import * as line from "../../../../../lambdas/shared/contract/line-rules/fields.ts";
import { oddUrl } from "../../../any-url.ts";

const isLink = (uri: string) => line.linkUri.safeParse(uri).success;
const isMedia = (url: string) => line.mediaUrl(new Set()).safeParse(url).success;

describe("a link", () => {
  it.each([
    ["https://shop.example/#/a#b#c", "https://shop.example/#/a%23b%23c"],
    ["https://shop.example/[1]?[2]#[3]", "https://shop.example/%5B1%5D?%5B2%5D#%5B3%5D"],
    ["http://[::1]:8080/[1]", "http://[::1]:8080/%5B1%5D"],
    ["https://shop.example/100%#50%", "https://shop.example/100%25#50%25"],
    ["https://shop.example/%E0%B8%81#ก", "https://shop.example/%E0%B8%81#%E0%B8%81"],
    ["tel:*100#", "tel:*100%23"],
    ["tel:02 123|4^5", "tel:02123%7C4%5E5"],
    ["line://ti/p/@a`b?c|d#e#f", "line://ti/p/@a%60b?c%7Cd#e%23f"],
  ])("is encoded so that LINE takes it: %s", (link, uri) => {
    expect(linkUri(link)).toBe(uri);
  });

  it.each(["tel:", "line:", "line://", "line://?a", "https://", "a.example", "mailto:a@b.example"])(
    "is none for a button: %s",
    (link) => {
      expect(linkUri(link)).toBeUndefined();
    },
  );

  it("is taken by LINE or is none, whatever its characters, and leads to the same place", () => {
    fc.assert(
      fc.property(oddUrl, (link) => {
        const uri = linkUri(link);
        if (uri === undefined) return;
        expect(isLink(uri)).toBe(true);
        expect(linkUri(uri)).toBe(uri);
        if (/^https?:/.test(link)) {
          const [said, meant] = [new URL(uri), new URL(link)];
          expect(said.host).toBe(meant.host);
          expect(decoded(said.pathname + said.search)).toBe(decoded(meant.pathname + meant.search));
          expect(decoded(said.hash)).toBe(decoded(meant.hash));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("to an image is taken by LINE or is none, whatever its characters", () => {
    fc.assert(
      fc.property(oddUrl, (link) => {
        const url = mediaUrl(link, new Set());
        expect(url === undefined || isMedia(url)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it("dials a number, whatever stands around its digits", () => {
    fc.assert(
      fc.property(oddUrl, (number) => {
        const uri = phoneUri(number);
        expect(uri === undefined || isLink(uri)).toBe(true);
      }),
    );
  });
});

/** Byte by byte, because not every escape is UTF-8. */
function decoded(part: string): string {
  return part.replace(/%([\da-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}
