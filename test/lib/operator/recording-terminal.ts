import { CREDENTIALS, type CredentialName } from "../../../lib/operator/credentials/credentials.ts";
import type { Terminal } from "../../../lib/operator/terminal.ts";

/** A terminal that keeps what a command says and asks. */
export interface RecordingTerminal extends Terminal {
  lines: string[];
  /** Questions, with whether the answer is hidden. */
  asked: { text: string; isSecret: boolean }[];
  /** Questions that want a yes. */
  confirmed: string[];
  /** All that a person could have seen. */
  screen(): string;
}

/**
 * `answers` is what is typed, by credential, or one answer after the other; nothing of it: nobody can be asked.
 * `says` is the answer to every question that wants a yes.
 */
export function recordingTerminal({
  answers,
  says = true,
}: {
  answers?: Partial<Record<CredentialName, string | string[]>>;
  says?: boolean;
} = {}): RecordingTerminal {
  const lines: string[] = [];
  const asked: RecordingTerminal["asked"] = [];
  const confirmed: string[] = [];
  const shown: string[] = [];
  const timesAsked = new Map<string, number>();
  return {
    canAsk: answers !== undefined,
    lines,
    asked,
    confirmed,
    screen: () => [...shown, ...lines, ...asked.map(({ text }) => text), ...confirmed].join("\n"),
    print: (line) => void lines.push(line),
    async progress(text, work) {
      shown.push(text);
      return work();
    },
    async ask(question) {
      asked.push(question);
      const [name] = Object.entries(CREDENTIALS).find(([, field]) =>
        question.text.startsWith(`${field.name} (`),
      ) ?? [""];
      const answer = answers?.[name as CredentialName];
      if (!Array.isArray(answer)) return answer;
      const times = timesAsked.get(name) ?? 0;
      timesAsked.set(name, times + 1);
      return answer[times];
    },
    async confirm(text) {
      confirmed.push(text);
      return says;
    },
  };
}
