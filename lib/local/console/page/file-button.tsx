import { useRef } from "preact/hooks";

/** A button that asks for a file. `send` gets it; what it throws is told to `onRefusal`. */
export function FileButton(props: {
  id: string;
  text: string;
  label: string;
  isDisabled?: boolean;
  send: (file: File) => Promise<unknown>;
  onRefusal: (reason: string) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const choose = async (chosen: HTMLInputElement) => {
    const [file] = chosen.files ?? [];
    if (file === undefined) return;
    try {
      await props.send(file);
    } catch (error) {
      props.onRefusal(error instanceof Error ? error.message : String(error));
    }
    // The same file can be chosen again.
    chosen.value = "";
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
        hidden
        onChange={(event) => choose(event.currentTarget)}
      />
    </>
  );
}
