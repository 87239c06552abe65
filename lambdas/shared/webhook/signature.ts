import { validateSignature } from "@line/bot-sdk";

const SHA256_BYTES = 32;

/** Compared in the place of what is no signature at all, so that this takes the same work. */
const NO_SIGNATURE = Buffer.alloc(SHA256_BYTES).toString("base64");

/**
 * Whether `signature` is the base64 HMAC-SHA256 of the raw body, compared in constant time. LINE
 * (https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/) and Genesys Cloud
 * (https://developer.genesys.cloud/commdigital/digital/openmessaging/validate.html) sign alike.
 * Missing, malformed and wrong ones take the same work: strangers learn nothing from the time.
 */
export function isSignatureOf(
  rawBody: Buffer,
  secret: string,
  signature: string | undefined,
): boolean {
  const canonical = canonicalSignature(signature ?? "");
  const isEqual = validateSignature(rawBody, secret, canonical ?? NO_SIGNATURE);
  return isEqual && canonical !== undefined;
}

/**
 * The signature if it is the canonical base64 of 32 bytes, else undefined. Decoders accept
 * base64url, blanks and trailing characters too; one signature must have one spelling.
 */
function canonicalSignature(signature: string): string | undefined {
  const bytes = Buffer.from(signature, "base64");
  const isCanonical = bytes.length === SHA256_BYTES && bytes.toString("base64") === signature;
  return isCanonical ? signature : undefined;
}
