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
 * `answers` is what is typed, by credential; nothing of it: nobody can be asked. `says` is the answer
 * to every question that wants a yes.
 */
export function recordingTerminal({
  answers,
  says = true,
}: {
  answers?: Partial<Record<CredentialName, string>>;
  says?: boolean;
} = {}): RecordingTerminal {
  const lines: string[] = [];
  const asked: RecordingTerminal["asked"] = [];
  const confirmed: string[] = [];
  const shown: string[] = [];
  return {
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
      return answers?.[name as CredentialName];
    },
    async confirm(text) {
      confirmed.push(text);
      return says;
    },
  };
}
