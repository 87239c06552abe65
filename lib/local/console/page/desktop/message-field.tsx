import type { RefObject } from "preact";

const MAX_ROWS = 6;

/** A field of several lines that grows with its text. Enter submits; files can be pasted into it. */
export function MessageField(props: {
  field: RefObject<HTMLTextAreaElement | null>;
  text: string;
  write: (text: string) => void;
  submit: () => void;
  attach: (files: File[]) => void;
}) {
  const { field, text, write, submit, attach } = props;
  const onKeyDown = (event: KeyboardEvent) => {
    // While an input method composes a word (Japanese, Chinese), Enter ends the word.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  };
  const onPaste = (event: ClipboardEvent) => {
    const pasted = [...(event.clipboardData?.files ?? [])];
    if (pasted.length === 0) return;
    event.preventDefault();
    attach(pasted);
  };
  return (
    <textarea
      id="agent-text"
      ref={field}
      // Where the browser does not size the field by its content, its line breaks do.
      rows={Math.min(MAX_ROWS, text.split("\n").length)}
      aria-label="Message as the agent"
      aria-keyshortcuts="Alt+2"
      placeholder="Answer as the agent (Alt+2)"
      autocomplete="off"
      value={text}
      onInput={(event) => write(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      onPaste={onPaste}
    />
  );
}
