/** An element of EBML (RFC 8794), which Matroska and WebM are made of. */
interface Element {
  id: number;
  /** Shorter than the element says where the bytes end before it does. */
  content: Buffer;
  isWhole: boolean;
}

const SEGMENT = 0x18538067;
const TRACKS = 0x1654ae6b;
const TRACK_ENTRY = 0xae;
const TRACK_TYPE = 0x83;

/** Longer ids and sizes stand in no such file. */
const MAX_ID_BYTES = 4;
const MAX_SIZE_BYTES = 8;

/** Named as in MP4. https://www.rfc-editor.org/rfc/rfc9559#name-tracktype-element */
const KINDS: Readonly<Record<number, string>> = { 1: "vide", 2: "soun" };

/**
 * The kinds of tracks of a Matroska or WebM file by its first bytes: `soun` for sound, `vide` for video, and
 * `other`. Undefined where these bytes do not hold the whole list of tracks.
 */
export function matroskaTracks(head: Buffer): ReadonlySet<string> | undefined {
  for (const list of elementsIn(elementsOf(head), SEGMENT, TRACKS)) {
    if (!list.isWhole) return undefined;
    const types = elementsIn(elementsOf(list.content), TRACK_ENTRY, TRACK_TYPE);
    const kinds = new Set<string>();
    for (const { content } of types) kinds.add(KINDS[content.at(-1) ?? 0] ?? "other");
    return kinds;
  }
  return undefined;
}

/** Those in elements with the id `outer` that have the id `inner`. */
function* elementsIn(elements: Iterable<Element>, outer: number, inner: number) {
  for (const parent of elements) {
    if (parent.id !== outer) continue;
    for (const element of elementsOf(parent.content)) if (element.id === inner) yield element;
  }
}

/** One after the other: a hostile file holds millions of them. */
function* elementsOf(bytes: Buffer): Generator<Element> {
  let at = 0;
  while (at < bytes.length) {
    const id = numberAt(bytes, at, MAX_ID_BYTES);
    if (id === undefined) return;
    const size = numberAt(bytes, at + id.length, MAX_SIZE_BYTES);
    if (size === undefined) return;
    const begin = at + id.length + size.length;
    // What is written while it is recorded does not know its size: it holds all that follows.
    const end = isUnknown(size) ? bytes.length : begin + withoutMarker(size);
    yield {
      id: id.readUIntBE(0, id.length),
      content: bytes.subarray(begin, end),
      isWhole: end <= bytes.length,
    };
    at = end;
  }
}

/** The bytes of a number, whose first one tells by its leading zeros how many follow. */
function numberAt(bytes: Buffer, at: number, most: number): Buffer | undefined {
  const length = Math.clz32(bytes[at] ?? 0) - 23;
  return length <= most && at + length <= bytes.length
    ? bytes.subarray(at, at + length)
    : undefined;
}

function markerOf(size: Buffer): number {
  return 0x80 >> (size.length - 1);
}

function withoutMarker(size: Buffer): number {
  return size.reduce((sum, byte) => sum * 256 + byte, -markerOf(size) / 256);
}

function isUnknown(size: Buffer): boolean {
  return size.every((byte, index) => byte === (index === 0 ? 2 * markerOf(size) - 1 : 0xff));
}
