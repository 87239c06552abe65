import { useRef } from "preact/hooks";

/** A button that asks for files. */
export function AttachButton({ attach }: { attach: (files: File[]) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" onClick={() => input.current?.click()}>
        Attach files
      </button>
      <input
        type="file"
        multiple
        hidden
        ref={input}
        aria-label="Files of the agent"
        onChange={({ currentTarget }) => {
          attach([...(currentTarget.files ?? [])]);
          // The same file can be chosen again.
          currentTarget.value = "";
        }}
      />
    </>
  );
}
