import type { AnswerClass } from "../contract/answers.ts";

/** Told once for each request to a platform how that was answered. */
export type OnAnswer = (answer: AnswerClass) => void;

/** The class of a status code, see ANSWERS; what is neither accepted nor an error is refused (4xx). */
export function answerClassOf(status: number): AnswerClass {
  if (status >= 200 && status < 300) return "2xx";
  if (status === 429) return "throttled";
  return status >= 500 ? "5xx" : "4xx";
}

/** Hands a `fetch` on and tells the class of its answer, whatever becomes of the body. */
export async function classified(
  request: Promise<Response>,
  tell: (answer: AnswerClass) => void,
): Promise<Response> {
  try {
    const response = await request;
    tell(answerClassOf(response.status));
    return response;
  } catch (error) {
    tell("none");
    throw error;
  }
}
