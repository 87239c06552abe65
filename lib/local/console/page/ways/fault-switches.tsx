import { useEffect, useState } from "preact/hooks";
import type { Fault } from "../../fault-names.ts";
import { FAULT_GROUPS } from "./fault-words.ts";

/** What can go wrong on purpose. Another server than the simulators is left alone. */
export function FaultSwitches(props: {
  on: Fault[];
  replaced: string[];
  turn: (fault: Fault, on: boolean) => unknown;
}) {
  const { on, replaced, turn } = props;
  const isAnyOn = on.length > 0;
  const [isOpen, setOpen] = useState(isAnyOn);
  // What is on must be seen, also after a reload.
  useEffect(() => {
    if (isAnyOn) setOpen(true);
  }, [isAnyOn]);
  return (
    <details class="faults" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        Faults to switch on{isAnyOn && <strong class="bad"> ({on.length} on)</strong>}
      </summary>
      {FAULT_GROUPS.map(({ where, faults }) => (
        <fieldset key={where} disabled={replaced.includes(where)}>
          <legend>{where}</legend>
          {faults.map(({ fault, name, seen }) => (
            <div key={fault} class="fault">
              <button
                type="button"
                aria-pressed={on.includes(fault)}
                aria-describedby={`seen-${fault}`}
                onClick={() => turn(fault, !on.includes(fault))}
              >
                {name}
              </button>
              <span id={`seen-${fault}`}>{seen}</span>
            </div>
          ))}
        </fieldset>
      ))}
    </details>
  );
}
