import { UsageError } from "./errors.ts";

/** How a command talks to the person who started it. */
export interface Terminal {
  /** A person sits there. */
  canAsk: boolean;
  /** A line for people. */
  print(line: string): void;
  /** Shows the text while `work` runs. */
  progress<Result>(text: string, work: () => Promise<Result>): Promise<Result>;
  /** Resolves to what a person types, hidden with `isSecret`; undefined if nobody can be asked. */
  ask(question: { text: string; isSecret: boolean }): Promise<string | undefined>;
  /** Whether the person agrees. Throws UsageError if nobody can be asked. */
  confirm(text: string): Promise<boolean>;
}

export interface TerminalOptions {
  /** Standard output carries one JSON document and nothing else. */
  json: boolean;
  /** Answers every confirmation with yes. */
  yes: boolean;
  /** A person can be asked. */
  isInteractive: boolean;
}

/** Questions and progress go to standard error; with `json` the lines go there, too. */
export function createTerminal({ json, yes, isInteractive }: TerminalOptions): Terminal {
  const context = { output: process.stderr };
  return {
    canAsk: isInteractive,
    print(line) {
      const out = json ? process.stderr : process.stdout;
      out.write(`${line}\n`);
    },
    async progress(text, work) {
      const { default: ora } = await import("ora");
      // In a terminal without a width the spinner clears lines for ever.
      const isSilent = !isInteractive || process.stderr.columns === 0;
      const spinner = ora({ text, stream: process.stderr, isSilent }).start();
      try {
        return await work();
      } finally {
        spinner.stop();
      }
    },
    async ask({ text, isSecret }) {
      if (!isInteractive) return undefined;
      const message = `${text}:`;
      const { input, password } = await import("@inquirer/prompts");
      return isSecret
        ? password({ message, toggleMask: false }, context)
        : input({ message }, context);
    },
    async confirm(text) {
      if (yes) return true;
      if (!isInteractive) throw new UsageError("--yes is missing: nobody can be asked here");
      const { confirm } = await import("@inquirer/prompts");
      return confirm({ message: text, default: false }, context);
    },
  };
}

/** Aborted by Ctrl-C or SIGTERM, for verbs that must give something back before they end. */
export function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  return stopping.signal;
}
