import { useRef, useState } from "preact/hooks";
import type { Fault } from "../../fault-names.ts";
import { FAULT_GROUPS } from "./fault-words.ts";

/** What can go wrong on purpose. Another server than the simulators is left alone. */
export function FaultSwitches(props: {
  on: Fault[];
  replaced: string[];
  turn: (fault: Fault, on: boolean) => unknown;
}) {
  const { on, replaced, turn } = props;
  const [isOpen, setOpen] = useState(false);
  const summary = useRef<HTMLElement>(null);
  /** The button disappears with it: whoever has used it by keyboard stays here. */
  const turnOff = (fault: Fault) => {
    summary.current?.focus();
    return turn(fault, false);
  };
  return (
    <>
      <details class="faults" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary ref={summary}>Faults to switch on</summary>
        {FAULT_GROUPS.map(({ where, faults }) => (
          <fieldset key={where} disabled={replaced.includes(where)}>
            <legend>{where}</legend>
            {faults.map(({ fault, name, seen }) => (
              <div key={fault} class="fault">
                <Switch fault={fault} name={name} isOn={on.includes(fault)} turn={turn} />
                <span id={`seen-${fault}`}>{seen}</span>
              </div>
            ))}
          </fieldset>
        ))}
      </details>
      {/* What is on must be seen, also after a reload. */}
      {!isOpen && (
        <div class="row faults-on">
          {FAULT_GROUPS.flatMap(({ faults }) => faults)
            .filter(({ fault }) => on.includes(fault))
            .map(({ fault, name }) => (
              <Switch key={fault} fault={fault} name={name} isOn={true} turn={turnOff} />
            ))}
        </div>
      )}
    </>
  );
}

function Switch(props: {
  fault: Fault;
  name: string;
  isOn: boolean;
  turn: (fault: Fault, on: boolean) => unknown;
}) {
  const { fault, name, isOn, turn } = props;
  return (
    <button
      type="button"
      class="fault-switch"
      aria-pressed={isOn}
      aria-describedby={`seen-${fault}`}
      title={isOn ? "Switch it off" : "Switch it on"}
      onClick={() => turn(fault, !isOn)}
    >
      {isOn && <span aria-hidden="true">✕ </span>}
      {name}
    </button>
  );
}
