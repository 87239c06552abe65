/** A box of an MP4 file: its size, its type, and what it holds. */
export function box(type: string, ...content: Buffer[]): Buffer {
  const held = Buffer.concat(content);
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + held.length);
  header.write(type, 4, "latin1");
  return Buffer.concat([header, held]);
}

/** The same, with the size behind the type. */
export function longBox(type: string, ...content: Buffer[]): Buffer {
  const held = Buffer.concat(content);
  const header = Buffer.alloc(16);
  header.writeUInt32BE(1);
  header.write(type, 4, "latin1");
  header.writeBigUInt64BE(BigInt(16 + held.length), 8);
  return Buffer.concat([header, held]);
}

export function fileType(brand: string): Buffer {
  return box("ftyp", Buffer.from(brand, "latin1"), Buffer.alloc(4), Buffer.from(brand, "latin1"));
}

/** The list of tracks, of these kinds. */
export function movie(...kinds: string[]): Buffer {
  const tracks = kinds.map((kind) => {
    const handler = box("hdlr", Buffer.alloc(8), Buffer.from(kind, "latin1"), Buffer.alloc(13));
    return box(
      "trak",
      box("tkhd", Buffer.alloc(84)),
      box("mdia", box("mdhd", Buffer.alloc(24)), handler),
    );
  });
  return box("moov", box("mvhd", Buffer.alloc(100)), ...tracks);
}
