import { SURNAME } from "./conversation.ts";

/** Looks for what must not be in a log, line by line as it is written. */
export interface Leaks {
  look(line: string): void;
  /** Kinds of what was found, and how often. */
  found(): Map<string, number>;
}

const RAW_ID = /\b[UCR][0-9a-f]{32}\b/;
/** All tokens and secrets here are of these characters, and longer. */
const SECRET = /[\w-]{30,}/g;

/** `secrets`: tokens and secrets, which may become more while the run goes on. */
export function createLeaks(secrets: ReadonlySet<string>): Leaks {
  const found = new Map<string, number>();
  let lines = 0;
  const report = (kind: string) => found.set(kind, (found.get(kind) ?? 0) + 1);
  return {
    look(line) {
      lines += 1;
      // Every text that is said holds a mark, every name the surname.
      if (line.includes("«")) report("text");
      if (line.includes(SURNAME)) report("name");
      if (RAW_ID.test(line)) report("user id");
      for (const [word] of line.matchAll(SECRET)) {
        if (secrets.has(word)) report("token or secret");
      }
    },
    found() {
      if (lines === 0) report("log that is empty");
      return found;
    },
  };
}
