/** The parts of the page. A narrow window shows one at a time. */
const PANES = { phone: "Phone", desktop: "Desktop", ways: "Ways" };
export type Pane = keyof typeof PANES;

export function PaneChoice(props: { pane: Pane; choose: (pane: Pane) => void }) {
  const button = (pane: Pane) => (
    <button type="button" aria-pressed={props.pane === pane} onClick={() => props.choose(pane)}>
      {PANES[pane]}
    </button>
  );
  return (
    <nav aria-label="Panes">
      {button("phone")}
      {button("desktop")}
      {button("ways")}
    </nav>
  );
}
