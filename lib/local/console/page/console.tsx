import { useCallback, useEffect, useState } from "preact/hooks";
import { Desktop } from "./desktop.tsx";
import { useLive } from "./live.ts";
import { isRefused, type Note, Notes, trafficText, withNote } from "./notes.tsx";
import { Phone } from "./phone.tsx";
import { getBotMessages, post } from "./requests.ts";
import { CUSTOMERS } from "./samples.ts";
import { useShortcuts } from "./shortcuts.ts";
import type { PageState, Traffic } from "./wire.ts";

/** The whole page. */
export function Console() {
  const [botMessages, setBotMessages] = useState({});
  const [chosenBrand, setBrand] = useState<string>();
  const [customer, setCustomer] = useState(CUSTOMERS[0] ?? "");
  const [notes, setNotes] = useState<Note[]>([]);
  const note = useCallback(
    (text: string, isBad = false) => setNotes((before) => withNote(before, text, isBad)),
    [],
  );
  const onTraffic = useCallback(
    (traffic: Traffic) => note(trafficText(traffic), isRefused(traffic)),
    [note],
  );
  const { ready, state, isConnected } = useLive(chosenBrand, onTraffic);
  useShortcuts();
  useEffect(() => void getBotMessages().then(setBotMessages), []);

  if (ready === undefined) return <p role="status">Asking the bridge …</p>;
  const brands = Object.keys(ready.brands);
  const brand = brands.find((key) => key === chosenBrand) ?? brands[0];
  const phone = state?.phones.find((one) => one.customer === customer);
  const send = async (path: string, body: object) => {
    const answer = await post(path, { brand, ...body });
    if (!answer.ok) note(answer.message ?? "The bridge refused it.", true);
    return answer;
  };
  const agentSends = async (what: object) => {
    if (phone !== undefined) return send("/api/genesys", { to: phone.userId, ...what });
    note("The customer writes first.", true);
    return { ok: false };
  };
  return (
    <>
      <header>
        <h1>LINE–Genesys bridge</h1>
        <span>{ready.market}</span>
        <label>
          Brand{" "}
          <select value={brand} onChange={(event) => setBrand(event.currentTarget.value)}>
            {Object.entries(ready.brands).map(([key, one]) => (
              <option key={key} value={key}>
                {one.brand} ({key})
              </option>
            ))}
          </select>
        </label>
        <label>
          Customer{" "}
          <select value={customer} onChange={(event) => setCustomer(event.currentTarget.value)}>
            {customersOf(state).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <span role="status">{state?.missingSetup}</span>
        {!isConnected && (
          <strong role="alert" class="bad">
            The bridge has stopped. What you have typed stays here, and the page goes on when the
            bridge runs again.
          </strong>
        )}
      </header>
      <main>
        <Phone
          phone={phone}
          does={(what) => send("/api/line", { customer, ...what })}
          note={note}
        />
        <Desktop
          state={state}
          customerId={phone?.userId}
          botMessages={botMessages}
          sends={agentSends}
          note={note}
        />
      </main>
      <Notes notes={notes} />
    </>
  );
}

/** Those who are there from the start, and whoever else has written. */
function customersOf(state: PageState | undefined): string[] {
  return [...new Set([...CUSTOMERS, ...(state?.phones ?? []).map(({ customer }) => customer)])];
}
