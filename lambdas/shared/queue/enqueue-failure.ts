import { BridgeError } from "../failures/bridge-error.ts";

/** Not every message could be stored in time; whoever sent them must deliver all of them again. */
export class EnqueueFailure extends BridgeError {
  override name = "EnqueueFailure";
}
