import { HTTPFetchError } from "@line/bot-sdk";
import { RetryableFailure } from "../failures/failures.ts";
import { answerClassOf, type CountAnswer } from "../platform/count-answer.ts";
import { within } from "../platform/within.ts";

/**
 * Waits up to `ms` for a call of the LINE SDK, which has no time limit, resolves to the body of a 2xx and
 * throws everything else; counts the answer. Throws RetryableFailure and what the SDK throws. A call that
 * takes longer fails here, while its request may still reach LINE.
 */
export async function sdkCall<T>(
  ms: number,
  call: Promise<T>,
  countAnswer: CountAnswer,
): Promise<T> {
  try {
    const result = await within(
      ms,
      call,
      new RetryableFailure(`LINE did not answer within ${ms} ms.`),
    );
    countAnswer("2xx");
    return result;
  } catch (error) {
    countAnswer(error instanceof HTTPFetchError ? answerClassOf(error.status) : "none");
    throw error;
  }
}
