import type { Brand } from "../../shared/brand/brand.ts";
import { errorFields } from "../../shared/failures/bridge-error.ts";
import { saidIn } from "../translate/line/said-in.ts";
import type { Accepted } from "./line-of-message.ts";

/**
 * Keeps how accepted messages begin where the brand asks for it, as the customer may quote them. `at` (ms) is when they
 * were accepted. Never throws.
 */
export async function keepForQuotes(
  accepted: readonly Accepted[],
  { to, at }: { to: string; at: number },
  { quotes, settings, log }: Pick<Brand, "quotes" | "settings" | "log">,
): Promise<void> {
  if (settings.quotes !== "text") return;
  try {
    await Promise.all(
      accepted.map(({ messageId, message }) =>
        quotes.keep(to, { messageId, text: saidIn(message), writtenAt: at }),
      ),
    );
  } catch (error) {
    log.warn("Could not keep a message for quotes", errorFields(error));
  }
}
