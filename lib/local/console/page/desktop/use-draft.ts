import { useCallback, useState } from "preact/hooks";
import { readSession, writeSession } from "./session-text.ts";

/** What the agent has written to this conversation and not sent; it survives a reload. */
export interface Draft {
  text: string;
  set: (text: string) => void;
  /** Puts back what could not be sent. What has been written meanwhile is newer and stays. */
  restore: (text: string) => void;
}

export function useDraft(conversationKey: string): Draft {
  const key = `draft ${conversationKey}`;
  const [text, setText] = useState(() => readSession(key));
  const set = useCallback(
    (written: string) => {
      writeSession(key, written);
      setText(written);
    },
    [key],
  );
  const restore = useCallback(
    // Meanwhile the agent may have gone to another conversation and come back.
    (unsent: string) => set(readSession(key) || unsent),
    [key, set],
  );
  return { text, set, restore };
}
