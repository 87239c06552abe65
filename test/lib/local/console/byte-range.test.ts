import { byteRange } from "../../../../lib/local/console/byte-range.ts";

const SIZE = 10;

it.each([
  ["no header", undefined, undefined],
  ["the whole file", "bytes=0-", { first: 0, last: 9 }],
  ["a part", "bytes=2-4", { first: 2, last: 4 }],
  ["one byte", "bytes=9-9", { first: 9, last: 9 }],
  ["more than there is", "bytes=8-99", { first: 8, last: 9 }],
  ["the last bytes", "bytes=-3", { first: 7, last: 9 }],
  ["more last bytes than there are", "bytes=-99", { first: 0, last: 9 }],
  ["what lies behind the end", "bytes=10-", "unsatisfiable"],
  ["the last 0 bytes", "bytes=-0", "unsatisfiable"],
  ["an end before the start", "bytes=4-2", undefined],
  ["several ranges", "bytes=0-1,3-4", undefined],
  ["another unit", "lines=0-1", undefined],
  ["no numbers", "bytes=-", undefined],
])("%s", (_, header, range) => expect(byteRange(header, SIZE)).toEqual(range));

it("has nothing of an empty file", () => {
  expect(byteRange("bytes=0-", 0)).toBe("unsatisfiable");
});
