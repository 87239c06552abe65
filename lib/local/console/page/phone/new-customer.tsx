import { useRef } from "preact/hooks";

/** Asks for the name of another customer. `add` gets it. */
export function NewCustomer({ add }: { add: (name: string) => unknown }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const name = useRef<HTMLInputElement>(null);
  const close = () => {
    const given = name.current?.value.trim() ?? "";
    if (dialog.current?.returnValue === "picked" && given !== "") add(given);
  };
  return (
    <>
      <button type="button" onClick={() => dialog.current?.showModal()}>
        New customer
      </button>
      <dialog ref={dialog} onClose={close} aria-label="New customer">
        <form method="dialog" class="fields">
          <label>
            Name in LINE
            <input ref={name} required pattern=".*\S.*" autocomplete="off" />
          </label>
          <div class="row">
            <button type="submit" value="picked">
              Add
            </button>
            <button type="submit" value="" formNoValidate>
              Cancel
            </button>
          </div>
        </form>
      </dialog>
    </>
  );
}
