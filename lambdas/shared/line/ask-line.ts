import { BridgeError, nameOf } from "../failures/bridge-error.ts";
import { OutageFailure } from "../failures/failures.ts";
import { type CountAnswer, counted } from "../platform/count-answer.ts";
import { type Answer, type Exchange, exchange } from "../platform/exchange.ts";
import { outcomeOf } from "../platform/http-outcome.ts";
import { lineFailure } from "./failures.ts";

/** Whether an answer counts as one of a certain kind. */
export type TestAnswer = (answer: Pick<Answer, "status" | "headers">) => boolean;

/**
 * One request to LINE, by Node: the SDK has no time limit, never ends a request and follows redirects.
 * Resolves to the JSON of a 2xx, and to undefined for what `isAlsoAnswer`. What `isCarriedOut` resolves to its JSON, and
 * to undefined where that cannot be read: nothing is to be asked again. Throws RetryableFailure where there is no usable
 * answer, and what `failureOf` makes of any other.
 */
export async function askLine(
  url: URL,
  request: Exchange,
  deps: {
    countAnswer: CountAnswer;
    failureOf(answer: Answer): BridgeError;
    isAlsoAnswer?: TestAnswer | undefined;
    isCarriedOut?: TestAnswer | undefined;
  },
): Promise<unknown> {
  const { countAnswer, failureOf, isAlsoAnswer = () => false, isCarriedOut = () => false } = deps;
  const asked = { who: "LINE", url };

  function read(answer: Answer): Answer & { json?: unknown } {
    const { status, text } = answer;
    if (isAlsoAnswer(answer)) return { ...answer, status: 200 };
    if (isCarriedOut(answer)) return { ...answer, status: 200, json: jsonIn(text) };
    const outcome = outcomeOf(status);
    if (text === undefined && outcome !== "retryable") {
      const failure = new OutageFailure(`LINE answered ${status}, but its body cannot be read.`);
      throw failure.of({ ...asked, answer });
    }
    return { ...answer, json: outcome === "accepted" && text ? parse(answer) : null };
  }

  function parse(answer: Answer): unknown {
    try {
      return JSON.parse(answer.text ?? "");
    } catch (error) {
      throw lineFailure(error).of({ ...asked, answer });
    }
  }

  const answer = await counted(exchange(url, request).then(read), countAnswer).catch(
    (error: unknown) => {
      if (error instanceof BridgeError) throw error;
      const failure =
        nameOf(error) === "TimeoutError"
          ? new OutageFailure(`LINE did not answer within ${request.timeoutMs} ms.`)
          : lineFailure(error);
      throw failure.of({ ...asked, error });
    },
  );
  if (outcomeOf(answer.status) !== "accepted") throw failureOf(answer).of({ ...asked, answer });
  return answer.json;
}

function jsonIn(text = ""): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
