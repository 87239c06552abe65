import { HTTPFetchError } from "@line/bot-sdk";
import type { AnswerClass } from "../contract/answers.ts";
import { answerClassOf } from "../platform/answer-class.ts";
import { withTimeout } from "../platform/with-timeout.ts";

/**
 * Waits up to `ms` for a call of the LINE SDK, which resolves to the body of a 2xx and throws
 * everything else, and tells the class of the answer. Throws RetryableFailure and what the SDK throws.
 */
export async function sdkCall<T>(
  ms: number,
  call: Promise<T>,
  tell: (answer: AnswerClass) => void,
): Promise<T> {
  try {
    const result = await withTimeout(ms, call);
    tell("2xx");
    return result;
  } catch (error) {
    tell(error instanceof HTTPFetchError ? answerClassOf(error.status) : "none");
    throw error;
  }
}
