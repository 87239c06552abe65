import { BridgeError } from "../failures/bridge-error.ts";
import { RetryableFailure } from "../failures/failures.ts";

/** A URL is not fetched: not https, not public, or not where it should begin. The message does not name it. */
export class DownloadRefused extends BridgeError {
  override name = "DownloadRefused";
}

/** There is more to download than is taken. */
export class DownloadTooLarge extends BridgeError {
  override name = "DownloadTooLarge";
}

/** The server of a URL refuses it for good, or has nothing there. */
export class DownloadGone extends BridgeError {
  override name = "DownloadGone";
  readonly status: number;
  constructor(status: number) {
    super(`The server answered ${status}.`);
    this.status = status;
  }
}

/** The server has begun to send and was not done in time. Another try may be faster. */
export class DownloadTooSlow extends RetryableFailure {
  override name = "DownloadTooSlow";
}
