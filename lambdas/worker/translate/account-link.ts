import * as z from "zod";
import type { WebhookEvent } from "../../shared/line/webhook-event.ts";

const accountLinkEvent = z.looseObject({ link: z.looseObject({ result: z.string() }) });

/**
 * The nonce is left out, because the service uses it to prove who the customer is.
 * https://developers.line.biz/en/reference/messaging-api/#account-link-event
 */
export function accountLinkNote(event: WebhookEvent): string {
  return accountLinkEvent.parse(event).link.result === "ok"
    ? "[LINE ACCOUNT LINK: the customer has linked their account]"
    : "[LINE ACCOUNT LINK: the customer's account could not be linked]";
}
