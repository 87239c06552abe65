import { validateSignature } from "@line/bot-sdk";

const SHA256_BYTES = 32;

/**
 * The signature if it is the canonical base64 of 32 bytes, else undefined. Decoders accept
 * base64url, blanks and trailing characters too; one signature must have one spelling.
 */
export function canonicalSignature(signature: string | undefined): string | undefined {
  if (signature === undefined) return undefined;
  const bytes = Buffer.from(signature, "base64");
  const isCanonical = bytes.length === SHA256_BYTES && bytes.toString("base64") === signature;
  return isCanonical ? signature : undefined;
}

/**
 * Whether `signature` is the base64 HMAC-SHA256 of the raw body, compared in constant time. LINE
 * (https://developers.line.biz/en/docs/messaging-api/verify-webhook-signature/) and Genesys Cloud
 * (https://developer.genesys.cloud/commdigital/digital/openmessaging/validate.html) sign alike.
 */
export function isSignatureOf(rawBody: Buffer, secret: string, signature: string): boolean {
  return validateSignature(rawBody, secret, signature);
}
