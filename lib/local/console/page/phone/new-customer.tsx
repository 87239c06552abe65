import { useRef, useState } from "preact/hooks";
import { AskDialog } from "./ask-dialog.tsx";

/** Asks for the name of another customer. `add` gets it. */
export function NewCustomer({ add }: { add: (name: string) => unknown }) {
  const [isOpen, setOpen] = useState(false);
  const name = useRef<HTMLInputElement>(null);
  const close = (isGiven: boolean) => {
    setOpen(false);
    if (isGiven && name.current !== null) add(name.current.value.trim());
  };
  return (
    <>
      <button type="button" onClick={() => setOpen(true)}>
        New customer
      </button>
      {isOpen && (
        <AskDialog label="New customer" accept="Add" onClose={close}>
          <label>
            Name in LINE
            <input
              ref={name}
              required
              pattern=".*\S.*"
              title="A name of one letter or more"
              autocomplete="off"
            />
          </label>
        </AskDialog>
      )}
    </>
  );
}
