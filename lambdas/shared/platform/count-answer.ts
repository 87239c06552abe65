import type { AnswerClass } from "../contract/answers.ts";

/** Counts one answer of a platform, once for each request. */
export type CountAnswer = (answer: AnswerClass) => void;

/** The class of a status code, see ANSWERS; what is neither accepted nor an error is refused (4xx). */
export function answerClassOf(status: number): AnswerClass {
  if (status >= 200 && status < 300) return "2xx";
  if (status === 429) return "throttled";
  return status >= 500 ? "5xx" : "4xx";
}

/** Hands a `fetch` on and counts its answer, whatever becomes of the body. */
export async function counted(
  request: Promise<Response>,
  countAnswer: CountAnswer,
): Promise<Response> {
  try {
    const response = await request;
    countAnswer(answerClassOf(response.status));
    return response;
  } catch (error) {
    countAnswer("none");
    throw error;
  }
}
