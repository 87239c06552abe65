import { extensionOf, safeFileName } from "../../../../lambdas/shared/media/file-name.ts";

const PDF = "application/pdf";
const FLAG = "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";
const FAMILY = "👨‍👩‍👧‍👦";

describe("a safe file name", () => {
  it.each([
    ["stays as it is", "ใบเสร็จรับเงิน ๒๕๖๘.pdf", "ใบเสร็จรับเงิน ๒๕๖๘.pdf"],
    ["stays as it is", "領収書（7月）.pdf", "領収書（7月）.pdf"],
    ["stays as it is", "فاتورة.pdf", "فاتورة.pdf"],
    ["keeps the joiners of Persian", "می\u200cخواهم.pdf", "می\u200cخواهم.pdf"],
    ["keeps emoji sequences", `${FAMILY}${FLAG}❤️.pdf`, `${FAMILY}${FLAG}❤️.pdf`],
    ["keeps the capitals of an extension", "SCAN.PDF", "SCAN.PDF"],
    ["keeps an extension that differs", "photo.jpeg", "photo.jpeg"],
    ["has no path", "../../etc/passwd.pdf", "passwd.pdf"],
    ["has no path of Windows", "C:\\Users\\a\\b.pdf", "b.pdf"],
    ["has no controls", "a\u0000b\r\nc\u007f\u0085.pdf", "abc.pdf"],
    ["does not reverse its extension", "invoice\u202efdp.exe", "invoicefdp.exe"],
    [
      "has no characters without width",
      "\ufeffa\u200b\u2060\u2066b\u2069\u00ad\u200e.pdf",
      "ab.pdf",
    ],
    ["has no line ends of Unicode", "a\u2028b\u2029.pdf", "ab.pdf"],
    ["has no halves of characters", "a\ud83d.pdf", "a.pdf"],
    ["has nothing reserved", 'a<b>c:d"e|f?g*.pdf', "a_b_c_d_e_f_g_.pdf"],
    ["is composed", "cafe\u0301.pdf", "caf\u00e9.pdf"],
    ["is not hidden", "...hidden.pdf", "hidden.pdf"],
    ["does not end in dots and blanks", "a.pdf. . ", "a.pdf"],
    ["is no device of Windows", "nul.pdf", "_nul.pdf"],
    ["is no device of Windows", "COM1", "_COM1.pdf"],
    ["can begin like a device", "console.pdf", "console.pdf"],
    ["gets the extension of its type", "report", "report.pdf"],
    ["takes digits for no extension", "plan v1.2", "plan v1.2.pdf"],
    ["takes a sentence for no extension", "Mr. Smith", "Mr. Smith.pdf"],
    ["is the fallback if nothing is left", "../..", "file-1.pdf"],
    ["is the fallback if nothing is left", "folder/", "file-1.pdf"],
    ["is the fallback if nothing is left", "\u202e\u0007", "file-1.pdf"],
    ["is the fallback if there is none", undefined, "file-1.pdf"],
  ])("%s: %j", (_, name, expected) => {
    expect(safeFileName(name, "file-1", PDF)).toBe(expected);
  });

  it.each([
    ["letters", `${"a".repeat(500)}.pdf`, `${"a".repeat(116)}.pdf`],
    ["Thai letters with their marks", `${"กู้".repeat(100)}.pdf`, `${"กู้".repeat(38)}.pdf`],
    ["families of emoji", `${FAMILY.repeat(20)}.pdf`, `${FAMILY.repeat(10)}.pdf`],
    ["a blank where it ends", `${"a".repeat(115)} b.pdf`, `${"a".repeat(115)}.pdf`],
    ["one endless letter", `e${"\u0323".repeat(500)}.pdf`, "file-1.pdf"],
    ["a name without extension", "b".repeat(500), `${"b".repeat(116)}.pdf`],
  ])("is cut between %s", (_, name, expected) => {
    const short = safeFileName(name, "file-1", PDF);
    expect(short).toBe(expected);
    expect(short.length).toBeLessThanOrEqual(120);
  });

  it("gets no extension from a type that has none", () => {
    expect(safeFileName("data", "file-1", "application/x-cfb")).toBe("data");
  });

  it.each([
    ["image/jpeg", "jpg"],
    ["audio/mpeg", "mp3"],
    ["audio/mp4", "m4a"],
    ["audio/ogg", "ogg"],
    ["audio/aac", "aac"],
    ["audio/webm", "webm"],
    ["audio/matroska", "mka"],
    ["video/matroska", "mkv"],
    ["video/mp4", "mp4"],
    ["video/quicktime", "mov"],
    ["application/octet-stream", "bin"],
    ["application/x-cfb", undefined],
  ])("%s is known as .%s", (mime, extension) => {
    expect(extensionOf(mime)).toBe(extension);
  });
});
