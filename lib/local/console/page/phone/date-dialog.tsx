import { useRef } from "preact/hooks";
import { AskDialog } from "./ask-dialog.tsx";
import type { Action } from "./line-actions.ts";

/** Asks for the date of a datetime picker action. `onPicked` gets undefined when nothing was picked. */
export function DateDialog(props: {
  action: Action;
  onPicked: (value: string | undefined) => void;
}) {
  const { label: given, mode, initial, min, max } = props.action;
  const label = given || "Date";
  const input = useRef<HTMLInputElement>(null);
  const close = (isGiven: boolean) =>
    props.onPicked((isGiven && input.current?.value) || undefined);
  return (
    <AskDialog label={label} accept="OK" onClose={close}>
      <label>
        {label}
        <input
          ref={input}
          required
          type={mode === "datetime" ? "datetime-local" : (mode ?? "date")}
          min={htmlTime(min)}
          max={htmlTime(max)}
          defaultValue={htmlTime(initial)}
        />
      </label>
    </AskDialog>
  );
}

/** LINE also accepts a lower-case t. */
function htmlTime(text = ""): string {
  return text.replace("t", "T");
}
