import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** Asks for something while it is mounted. `onClose` says whether it was given, or the question left by Cancel or Escape. */
export function AskDialog(props: {
  label: string;
  /** On the button that gives it. */
  accept: string;
  onClose: (isGiven: boolean) => void;
  /** The fields. */
  children: ComponentChildren;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  // At once: the next key is meant for its first field.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      ref={dialog}
      aria-label={props.label}
      onClose={(event) => props.onClose(event.currentTarget.returnValue === "given")}
    >
      <form method="dialog" class="fields">
        {props.children}
        <div class="row">
          <button type="submit" value="given">
            {props.accept}
          </button>
          <button type="submit" value="" formNoValidate>
            Cancel
          </button>
        </div>
      </form>
    </dialog>
  );
}
