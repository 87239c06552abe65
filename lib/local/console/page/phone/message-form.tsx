import { useState } from "preact/hooks";
import { SendSign } from "./signs.tsx";

/** A field for a message. `send` says whether the text was sent; one that was not stays in the field. */
export function MessageForm(props: {
  id: string;
  label: string;
  placeholder: string;
  shortcut: string;
  isDisabled?: boolean;
  send: (text: string) => Promise<boolean>;
}) {
  const { isDisabled = false } = props;
  const [text, setText] = useState("");
  const submit = async (event: Event) => {
    event.preventDefault();
    const said = text.trim();
    if (said === "") return;
    setText("");
    // What has been typed meanwhile is newer.
    if (!(await props.send(said))) setText((typed) => typed || said);
  };
  return (
    <form class="row" onSubmit={submit}>
      <input
        id={props.id}
        aria-label={props.label}
        aria-keyshortcuts={props.shortcut}
        placeholder={props.placeholder}
        title={`${props.label} (${props.shortcut})`}
        autocomplete="off"
        value={text}
        disabled={isDisabled}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" aria-label="Send as the customer" disabled={isDisabled}>
        <SendSign />
      </button>
    </form>
  );
}
