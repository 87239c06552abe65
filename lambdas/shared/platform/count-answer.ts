import type { AnswerClass } from "../contract/answers.ts";

/** Counts one answer of a platform, once for each request. */
export type CountAnswer = (answer: AnswerClass) => void;

/** The class of a status code, see ANSWERS; what is neither accepted, a redirect nor an error is refused (4xx). */
function answerClassOf(status: number): AnswerClass {
  if (status >= 200 && status < 300) return "2xx";
  if (status >= 300 && status < 400) return "none";
  if (status === 429) return "throttled";
  return status >= 500 ? "5xx" : "4xx";
}

/** Hands a request on and counts its answer, whatever becomes of the body. */
export async function counted<Answered extends { status: number }>(
  request: Promise<Answered>,
  countAnswer: CountAnswer,
): Promise<Answered> {
  try {
    const answer = await request;
    countAnswer(answerClassOf(answer.status));
    return answer;
  } catch (error) {
    countAnswer("none");
    throw error;
  }
}
