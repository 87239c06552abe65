import { CAUSES, type Cause, type Place } from "./causes.ts";
import { proxyAdvice } from "./proxy-advice.ts";

/** Why a call has failed. Holds nothing secret, and no text of an answer. */
export interface Trouble {
  /** Begins with the one who was called, and has no period at the end. */
  detail: string;
  /** What to check or to run: one sentence. */
  fix: string;
}

/** A cause in words. Without `url` the place is not named. */
export function describeCause(
  cause: Cause,
  { who, url, status = 0 }: { who: string; url: URL | undefined; status?: number | undefined },
): Trouble {
  const place: Place = {
    who,
    origin: url?.origin ?? who,
    host: url?.hostname ?? who,
    isHere: /^(127\.|localhost$|\[::1\]$)/.test(url?.hostname ?? ""),
    status,
  };
  const { says, advice } = CAUSES[cause];
  return {
    detail: `${who} ${says(place)}`,
    fix: proxyAdvice(cause, place, process.env) ?? advice(place),
  };
}
