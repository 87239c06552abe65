import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

/** A button that asks for files. `send` gets one after another; what it throws is told to `onRefusal`. */
export function FileButton(props: {
  id: string;
  text: ComponentChildren;
  label: string;
  isDisabled?: boolean;
  send: (file: File) => Promise<unknown>;
  onRefusal: (reason: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const choose = async (chosen: HTMLInputElement) => {
    const files = [...(chosen.files ?? [])];
    // The same file can be chosen again.
    chosen.value = "";
    for (const file of files) {
      try {
        await props.send(file);
      } catch (error) {
        props.onRefusal(error instanceof Error ? error.message : String(error));
      }
    }
  };
  return (
    <>
      <button
        type="button"
        id={props.id}
        disabled={props.isDisabled ?? false}
        onClick={() => input.current?.click()}
      >
        {props.text}
      </button>
      <input
        type="file"
        ref={input}
        aria-label={props.label}
        multiple
        hidden
        onChange={(event) => choose(event.currentTarget)}
      />
    </>
  );
}
