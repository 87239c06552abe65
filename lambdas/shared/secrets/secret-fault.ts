import { BridgeError } from "../failures/bridge-error.ts";

/** A secret cannot be used. The message names the secret, the field and the fix, never a value. */
export class SecretFault extends BridgeError {
  override name = "SecretFault";
}
