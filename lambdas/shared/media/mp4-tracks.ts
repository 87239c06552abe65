/** A box of ISO/IEC 14496-12, which MP4, 3GP and QuickTime are made of. */
interface Box {
  type: string;
  /** Shorter than the box says where the bytes end before it does. */
  content: Buffer;
  isWhole: boolean;
}

const HEADER_BYTES = 8;
const LONG_HEADER_BYTES = 16;
/** In a handler box: version and flags, and a word that is zero. */
const HANDLER_TYPE_AT = 8;

/**
 * The kinds of tracks of an MP4, 3GP or QuickTime file by its first bytes: `soun` for sound, `vide` for
 * video, and others. Undefined where these bytes do not hold the whole list of tracks.
 * https://developer.apple.com/documentation/quicktime-file-format/handler_reference_atom
 */
export function mp4Tracks(head: Buffer): ReadonlySet<string> | undefined {
  const movie = boxesOf(head).find(({ type }) => type === "moov");
  if (movie?.isWhole !== true) return undefined;
  const kinds = boxesIn([movie], "trak", "mdia", "hdlr").map(({ content }) =>
    content.toString("latin1", HANDLER_TYPE_AT, HANDLER_TYPE_AT + 4),
  );
  return new Set(kinds);
}

/** The boxes at the end of a path of types. */
function boxesIn(boxes: Box[], ...path: string[]): Box[] {
  return path.reduce(
    (parents, type) =>
      parents.flatMap(({ content }) => boxesOf(content).filter((box) => box.type === type)),
    boxes,
  );
}

function boxesOf(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  let at = 0;
  while (at + HEADER_BYTES <= bytes.length) {
    const { size, header } = sizeAt(bytes, at);
    if (size < header) break;
    const end = at + size;
    boxes.push({
      type: bytes.toString("latin1", at + 4, at + 8),
      content: bytes.subarray(at + header, end),
      isWhole: end <= bytes.length,
    });
    at = end;
  }
  return boxes;
}

/** 0 stands for all that follows, and 1 for a longer size behind the type. */
function sizeAt(bytes: Buffer, at: number): { size: number; header: number } {
  const size = bytes.readUInt32BE(at);
  if (size === 0) return { size: bytes.length - at, header: HEADER_BYTES };
  const isLong = size === 1 && at + LONG_HEADER_BYTES <= bytes.length;
  return isLong
    ? { size: Number(bytes.readBigUInt64BE(at + HEADER_BYTES)), header: LONG_HEADER_BYTES }
    : { size, header: HEADER_BYTES };
}
