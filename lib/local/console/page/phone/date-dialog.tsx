import { useEffect, useRef } from "preact/hooks";
import type { Action } from "./line-messages.ts";

/** Asks for the date of a datetime picker action. `onPicked` gets undefined when nothing was picked. */
export function DateDialog(props: {
  action: Action;
  onPicked: (value: string | undefined) => void;
}) {
  const { label, mode, initial, min, max } = props.action;
  const dialog = useRef<HTMLDialogElement>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => {
    const isPicked = dialog.current?.returnValue === "picked";
    props.onPicked((isPicked && input.current?.value) || undefined);
  };
  return (
    <dialog ref={dialog} onClose={close} aria-labelledby="pick-label">
      <form method="dialog">
        <label for="pick-value" id="pick-label">
          {label || "Date"}
        </label>
        <input
          id="pick-value"
          ref={input}
          required
          type={mode === "datetime" ? "datetime-local" : (mode ?? "date")}
          min={htmlTime(min)}
          max={htmlTime(max)}
          defaultValue={htmlTime(initial)}
        />
        <div class="row">
          <button type="submit" value="picked">
            OK
          </button>
          <button type="submit" value="" formNoValidate>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}

/** LINE also accepts a lower-case t. */
function htmlTime(text = ""): string {
  return text.replace("t", "T");
}
