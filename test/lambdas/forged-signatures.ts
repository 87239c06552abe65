import { createHash, createHmac } from "node:crypto";
import fc from "fast-check";
import { anyCharacter } from "./any-character.ts";
import { sign } from "./webhook-event.ts";

/** What is signed, and with what: a forger may know all of it but the secret. */
export interface Signed {
  body: Buffer;
  secret: string;
  /** What stands before the signature in the header. */
  prefix: string;
}

type Forgery = (signed: Signed & { right: string; bytes: Buffer }) => string | undefined;

const inBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** The last digit of 32 bytes in base64 has two bits that mean nothing; lenient decoders drop them. */
function unusedBits(right: string, bits: number): string {
  const digit = ALPHABET.indexOf(right.charAt(42));
  return `${right.slice(0, 42)}${ALPHABET.charAt(digit ^ bits)}=`;
}

/** Headers that are not the right one, by what is wrong with them. */
const FORGERIES: Record<string, Forgery> = {
  missing: () => undefined,
  empty: () => "",
  blank: () => " ",
  "the prefix alone": ({ prefix }) => prefix || "sha256=",
  "not ASCII": ({ prefix }) => `${prefix}署名`,
  "a blank before": ({ prefix, right }) => `${prefix} ${right}`,
  "a blank after": ({ prefix, right }) => `${prefix}${right} `,
  "a line break after": ({ prefix, right }) => `${prefix}${right}\n`,
  "a NUL after": ({ prefix, right }) => `${prefix}${right}\0`,
  "a blank within": ({ prefix, right }) => `${prefix}${right.slice(0, 20)} ${right.slice(20)}`,
  "no padding": ({ prefix, right }) => prefix + right.slice(0, -1),
  "more padding": ({ prefix, right }) => `${prefix}${right}=`,
  "text behind the padding": ({ prefix, right }) => `${prefix}${right}AAAA`,
  "unused bits 01": ({ prefix, right }) => prefix + unusedBits(right, 1),
  "unused bits 10": ({ prefix, right }) => prefix + unusedBits(right, 2),
  "unused bits 11": ({ prefix, right }) => prefix + unusedBits(right, 3),
  base64url: ({ prefix, bytes }) => prefix + bytes.toString("base64url"),
  hex: ({ prefix, bytes }) => prefix + bytes.toString("hex"),
  "31 bytes": ({ prefix, bytes }) => prefix + inBase64(bytes.subarray(1)),
  "33 bytes": ({ prefix, bytes }) => prefix + inBase64(Buffer.concat([bytes, Buffer.from([0])])),
  twice: ({ prefix, bytes }) => prefix + inBase64(Buffer.concat([bytes, bytes])),
  "zeros alone": ({ prefix }) => prefix + inBase64(Buffer.alloc(32)),
  "in quotes": ({ prefix, right }) => `${prefix}"${right}"`,
  "capitals alone": ({ prefix, right }) => prefix + right.toUpperCase(),
  "a list of right ones": ({ prefix, right }) => `${prefix}${right},${prefix}${right}`,
  "a list, a wrong one first": ({ prefix, right, bytes }) =>
    `${prefix}${inBase64(bytes.toReversed())}, ${prefix}${right}`,
  "a prefix too many": ({ prefix, right }) => `sha256=${prefix}${right}`,
  "a prefix too few, or of another form": ({ prefix, right }) =>
    prefix === "" ? `sha256:${right}` : right,
  "a prefix in capitals": ({ right }) => `SHA256=${right}`,
  "a prefix with a blank": ({ right }) => `sha256= ${right}`,
  "a prefix of another hash": ({ right }) => `sha1=${right}`,
  "of another body": ({ prefix, body, secret }) =>
    prefix + sign(Buffer.concat([body, Buffer.from(" ")]), secret),
  "of no body": ({ prefix, body, secret }) =>
    body.length > 0 ? prefix + sign("", secret) : undefined,
  "with another secret": ({ prefix, body, secret }) => prefix + sign(body, `${secret} `),
  "with an empty secret": ({ prefix, body }) => prefix + sign(body, ""),
  "without a secret": ({ prefix, body }) =>
    prefix + createHash("sha256").update(body).digest("base64"),
  "by another hash": ({ prefix, body, secret }) =>
    prefix + createHmac("sha512", secret).update(body).digest("base64"),
};

/** One header for each thing that can be wrong. */
export function forgedHeaders(signed: Signed): { wrong: string; header: string | undefined }[] {
  const right = sign(signed.body, signed.secret);
  const bytes = Buffer.from(right, "base64");
  return Object.entries(FORGERIES).map(([wrong, forge]) => ({
    wrong,
    header: forge({ ...signed, right, bytes }),
  }));
}

/** Any header but the right one, those with a single bit flipped among them. */
export function wrongHeader(signed: Signed): fc.Arbitrary<string | undefined> {
  const right = sign(signed.body, signed.secret);
  const flipped = fc.nat(255).map((bit) => {
    const bytes = Buffer.from(right, "base64");
    bytes.writeUInt8(bytes.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    return signed.prefix + inBase64(bytes);
  });
  return fc
    .oneof(
      fc.constantFrom(...forgedHeaders(signed).map(({ header }) => header)),
      flipped,
      fc
        .uint8Array({ minLength: 32, maxLength: 32 })
        .map((bytes) => signed.prefix + inBase64(bytes)),
      fc.string({ unit: anyCharacter }).map((text) => signed.prefix + text),
      fc.string({ maxLength: 10_000 }),
    )
    .filter((header) => header !== signed.prefix + right);
}
