import { PassThrough, Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { detectMediaType } from "../../../../lambdas/shared/media/media-type.ts";

const ascii = (text: string) => Buffer.from(text, "latin1");
const box = (brand: string) =>
  Buffer.concat([
    Buffer.from([0, 0, 0, 24]),
    ascii(`ftyp${brand}`),
    Buffer.alloc(4),
    ascii(`isom${brand}`),
    Buffer.alloc(200),
  ]);

const JPEG = Buffer.from("ffd8ffe000104a46494600010100000100010000", "hex");
const PNG = Buffer.concat([
  Buffer.from("89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489", "hex"),
  Buffer.from("0000000d4944415478da63fcffff3f030005fe02fea1b2c0d50000000049454e44ae426082", "hex"),
]);
const GIF = ascii("GIF89a\u0001\u0000\u0001\u0000\u0080");
const WEBP = Buffer.concat([ascii("RIFF"), Buffer.alloc(4), ascii("WEBPVP8 "), Buffer.alloc(20)]);
const PDF = ascii("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n1 0 obj\n");
const MP3 = Buffer.concat([
  ascii("ID3"),
  Buffer.from([3, 0, 0, 0, 0, 0, 0]),
  Buffer.from("fffb9064", "hex"),
  Buffer.alloc(400),
]);
/** One empty stored entry. */
const ZIP = Buffer.concat([
  Buffer.from("504b0304140000000000000021000000000000000000000000000500", "hex"),
  Buffer.from("0000", "hex"),
  ascii("a.txt"),
  Buffer.from("504b0506000000000000000000000000000000000000", "hex"),
]);
const CFB = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]);

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

async function detect(bytes: Buffer, mime?: string, fileName?: string) {
  const { mime: found, body } = await detectMediaType(Readable.from([bytes]), { mime, fileName });
  expect((await buffer(body)).equals(bytes)).toBe(true);
  return found;
}

describe("the media type", () => {
  it.each([
    ["JPEG", JPEG, "image/jpeg"],
    ["PNG", PNG, "image/png"],
    ["GIF", GIF, "image/gif"],
    ["WebP", WEBP, "image/webp"],
    [
      "TIFF that lists its contents at its end",
      ascii("II*\u0000\u0000\u0000\u0010\u0000"),
      "image/tiff",
    ],
    ["PDF", PDF, "application/pdf"],
    ["MP3", MP3, "audio/mpeg"],
    ["a voice note", box("M4A "), "audio/mp4"],
    ["a video", box("mp42"), "video/mp4"],
    ["a video of an iPhone", box("qt  "), "video/quicktime"],
    ["an archive", ZIP, "application/zip"],
  ])("of %s is what the bytes say, whatever is declared", async (_, bytes, mime) => {
    expect(await detect(bytes, "text/html; charset=utf-8", "page.html")).toBe(mime);
  });

  it.each([
    ["zip as Word", ZIP, "ใบสมัคร.docx", DOCX],
    [
      "zip as Excel",
      ZIP,
      "A.XLSX",
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ],
    [
      "zip as PowerPoint",
      ZIP,
      "a.pptx",
      "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ],
    ["zip as something else", ZIP, "a.html", "application/zip"],
    ["an old Word file", CFB, "a.doc", "application/msword"],
    ["an encrypted Word file", CFB, "a.docx", DOCX],
    ["an unknown compound file", CFB, "a.dat", "application/x-cfb"],
    ["a picture called Word", PNG, "a.docx", "image/png"],
  ])("of %s is refined by the name", async (_, bytes, fileName, mime) => {
    expect(await detect(bytes, undefined, fileName)).toBe(mime);
  });

  it.each([
    ["a,b\n1,2\n", "text/plain", "顧客.csv", "text/csv"],
    ['{"a":1}', undefined, "a.json", "application/json"],
    ["hello", undefined, "a.txt", "text/plain"],
    ["hello", "text/plain; charset=UTF-8", undefined, "text/plain"],
    ["hello", "Application/JSON", undefined, "application/json"],
    ["hello", undefined, undefined, "application/octet-stream"],
    ["hello", "image/jpeg", "a.jpg", "application/octet-stream"],
    ["<script>alert(1)</script>", "text/html", undefined, "application/octet-stream"],
    ["<script>alert(1)</script>", "text/plain", "a.html", "application/octet-stream"],
    ["<svg onload='alert(1)'/>", "image/svg+xml", "a.svg", "application/octet-stream"],
    [
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
      "image/svg+xml",
      "a.svg",
      "application/octet-stream",
    ],
    ['<?xml version="1.0"?><html/>', "application/xhtml+xml", "a.txt", "application/octet-stream"],
    ["alert(1)", "text/javascript", "a.js", "application/octet-stream"],
    ["alert(1)", "application/x-javascript", undefined, "application/octet-stream"],
  ])("of %j, declared as %s, %s, is %s", async (text, mime, fileName, expected) => {
    expect(await detect(Buffer.from(text), mime, fileName)).toBe(expected);
  });

  it("is found in a stream that trickles", async () => {
    const bytes = Buffer.concat([PNG, Buffer.alloc(10_000, 7)]);
    async function* trickle() {
      for (let at = 0; at < bytes.length; at += 97) {
        yield bytes.subarray(at, at + 97);
        if (at % 970 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
    const { mime, body } = await detectMediaType(
      Readable.from(trickle(), { objectMode: false }),
      {},
    );
    expect(mime).toBe("image/png");
    expect((await buffer(body)).equals(bytes)).toBe(true);
  });

  it("takes no more than the sample from the stream before somebody reads", async () => {
    let taken = 0;
    async function* endless() {
      for (;;) {
        taken += 65_536;
        yield Buffer.alloc(65_536);
      }
    }
    const { body } = await detectMediaType(Readable.from(endless(), { objectMode: false }), {});
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(taken).toBeLessThan(500_000);
    body.destroy();
  });

  it("tells an empty stream", async () => {
    const { mime, body } = await detectMediaType(Readable.from([]), { fileName: "a.txt" });
    expect(body.readableEnded).toBe(true);
    expect(mime).toBe("text/plain");
    expect(await buffer(body)).toHaveLength(0);
  });

  it.each([
    ["while it is read", 0],
    ["before it is read", 10],
  ])("passes the stream's error on that comes %s", async (_, headStartMs) => {
    const body = new PassThrough();
    body.on("error", () => {});
    body.write("abc");
    setImmediate(() => body.destroy(new Error("broken")));
    await new Promise((resolve) => setTimeout(resolve, headStartMs));
    await expect(detectMediaType(body, {})).rejects.toThrow("broken");
  });

  it("does not trip over hostile bytes", async () => {
    const starts = [
      JPEG,
      PNG,
      GIF,
      ZIP,
      CFB,
      MP3,
      box("M4A "),
      ascii("\u001f\u008b\u0008\u0000"),
      ascii("OggS"),
      ascii("\u001aE\u00df\u00a3"),
      ascii("II*\u0000"),
      ascii("RIFF"),
    ];
    for (const start of starts) {
      for (const fill of [0x00, 0x7f, 0xff]) {
        for (const length of [0, 1, 5, 5_000]) {
          const bytes = Buffer.concat([start, Buffer.alloc(length, fill)]);
          expect(await detect(bytes)).toMatch(/^[a-z]+\/[a-z0-9.+-]+$/);
        }
      }
    }
  });
});
