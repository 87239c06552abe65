import { FAULTS, type Fault } from "../../fault-names.ts";

const WORDS: Record<Fault, string> = {
  "line-503": "LINE answers 503",
  "genesys-503": "Genesys answers 503",
  "genesys-429": "Genesys answers 429",
  "genesys-slow": "Genesys takes 5 s",
  "worker-killed": "Worker killed at its next message, once",
};

/** What can go wrong on purpose. Another server than the simulators is left alone. */
export function FaultSwitches(props: {
  on: Fault[];
  replaced: string[];
  turn: (fault: Fault, on: boolean) => unknown;
}) {
  const { on, replaced, turn } = props;
  const platformOf = (fault: Fault) => (fault === "line-503" ? "LINE" : "Genesys Cloud");
  return (
    <div class="faults">
      <h3>Faults to switch on</h3>
      <div class="row">
        {FAULTS.map((fault) => (
          <button
            key={fault}
            type="button"
            aria-pressed={on.includes(fault)}
            disabled={replaced.includes(platformOf(fault))}
            onClick={() => turn(fault, !on.includes(fault))}
          >
            {WORDS[fault]}
          </button>
        ))}
      </div>
    </div>
  );
}
