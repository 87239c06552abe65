import { v5 } from "uuid";
import type { Brand } from "../../shared/brand/brand.ts";

/** Made once for this purpose; another value would let messages in flight arrive twice. */
const NAMESPACE = "6a1a3c0e-3b0f-4f0a-9b0c-2f6c7d4e8a51";

/**
 * The X-Line-Retry-Key of a push: the same on every try, so that LINE accepts a push once. `path` is the
 * number of the push in the Genesys message, and in the place of what LINE has refused further numbers.
 * https://developers.line.biz/en/docs/messaging-api/retrying-api-request/
 */
export function retryKey(
  brand: Pick<Brand, "key">,
  genesysMessageId: string,
  ...path: number[]
): string {
  return v5(JSON.stringify([brand.key, genesysMessageId, ...path]), NAMESPACE);
}
