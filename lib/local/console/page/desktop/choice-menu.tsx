import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";

/** Something to choose, with a few words about it. */
export interface Choice {
  title: string;
  about: string;
}

/**
 * A button that opens a list with a search. Arrow keys move in it, Enter or a click chooses, Escape closes it.
 * Searches in the titles and the words about them.
 */
export function ChoiceMenu<Item extends Choice>(props: {
  text: string;
  choices: readonly Item[];
  choose: (choice: Item) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div
      class="choice-menu"
      onFocusOut={({ currentTarget, relatedTarget }) => {
        const isInside = relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
        if (!isInside) setOpen(false);
      }}
    >
      <button
        type="button"
        ref={button}
        aria-haspopup="listbox"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {props.text}
      </button>
      {isOpen && (
        <ChoiceList
          label={props.text}
          choices={props.choices}
          choose={(choice) => {
            close();
            props.choose(choice);
          }}
          close={close}
        />
      )}
    </div>
  );
}

function ChoiceList<Item extends Choice>(props: {
  label: string;
  choices: readonly Item[];
  choose: (choice: Item) => void;
  close: () => void;
}) {
  const { label, choices, choose, close } = props;
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => field.current?.focus(), []);
  const [text, setText] = useState("");
  const [index, setIndex] = useState(0);
  const asked = text.trim().toLowerCase();
  const found = choices.filter(({ title, about }) =>
    `${title} ${about}`.toLowerCase().includes(asked),
  );
  const onKeyDown = (event: KeyboardEvent) => {
    const move = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = found[index];
    if (move !== undefined) setIndex((index + move + found.length) % Math.max(1, found.length));
    // While an input method composes a word, Enter ends the word.
    else if (event.key === "Enter" && !event.isComposing && chosen) choose(chosen);
    else if (event.key === "Escape") close();
    else if (event.key !== "Enter") return;
    event.preventDefault();
  };
  return (
    <div class="choice-list">
      <input
        role="combobox"
        aria-label={`${label}: search`}
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={found[index] && `${id}-${index}`}
        placeholder="Search"
        autocomplete="off"
        ref={field}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setIndex(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div role="listbox" id={id} aria-label={label}>
        {found.map((choice, at) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the field, which keeps the focus
          // biome-ignore lint/a11y/useFocusableInteractive: see above
          <div
            key={choice.title}
            role="option"
            id={`${id}-${at}`}
            aria-selected={at === index}
            // The field keeps the focus.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(choice)}
          >
            <strong>{choice.title}</strong>
            <span>{choice.about}</span>
          </div>
        ))}
        {found.length === 0 && <p class="empty">Nothing is found.</p>}
      </div>
    </div>
  );
}
