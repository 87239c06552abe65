const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const TRACKS = 0x1654ae6b;
const CLUSTER = 0x1f43b675;
const TRACK = 0xae;
const TRACK_NUMBER = 0xd7;
const TRACK_TYPE = 0x83;
const NAME = 0x536e;
/** By the number that stands in a file. */
const TYPES = { vide: 1, soun: 2, text: 17 };

export type Kind = keyof typeof TYPES;

/** An element of a Matroska file: its id, its size in so many bytes, and what it holds. */
export function element(id: number, content: Buffer, sizeBytes = 8): Buffer {
  const size = Buffer.alloc(sizeBytes);
  let rest = content.length;
  for (let at = sizeBytes - 1; at >= 0; at -= 1) {
    size[at] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  size[0] = (size[0] ?? 0) | (0x80 >> (sizeBytes - 1));
  return Buffer.concat([idOf(id), size, content]);
}

/** The same, as somebody writes it who does not know yet how long it will be. */
function endless(id: number, content: Buffer, sizeBytes: number): Buffer {
  const size = Buffer.alloc(sizeBytes, 0xff);
  size[0] = (0x80 >> (sizeBytes - 1)) * 2 - 1;
  return Buffer.concat([idOf(id), size, content]);
}

/** The list of tracks, of these kinds. */
export function trackList(kinds: readonly Kind[], sizeBytes?: number): Buffer {
  const tracks = kinds.map((kind, index) =>
    element(
      TRACK,
      Buffer.concat([
        element(TRACK_NUMBER, Buffer.of(index + 1)),
        element(NAME, Buffer.from("vide")),
        element(TRACK_TYPE, Buffer.of(0, TYPES[kind]), sizeBytes),
      ]),
      sizeBytes,
    ),
  );
  return element(TRACKS, Buffer.concat(tracks), sizeBytes);
}

/** A file whose list of tracks comes behind `before` bytes of other things; live ones have no sizes. */
export function matroska(
  docType: "webm" | "matroska",
  list: Buffer,
  { before = 0, isLive = false, liveBytes = 8 } = {},
): Buffer {
  const write = isLive ? endless : element;
  const rest = [element(INFO, Buffer.alloc(before, 7)), list];
  const cluster = write(CLUSTER, Buffer.alloc(300, TRACK), isLive ? liveBytes : 8);
  return Buffer.concat([
    element(0x1a45dfa3, element(0x4282, Buffer.from(docType), 1), 1),
    write(SEGMENT, Buffer.concat([...rest, cluster]), isLive ? liveBytes : 8),
  ]);
}

function idOf(id: number): Buffer {
  return Buffer.from(id.toString(16), "hex");
}
