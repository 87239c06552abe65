import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import { Desktop } from "./desktop.tsx";
import { FaultSwitches } from "./fault-switches.tsx";
import { Header } from "./header.tsx";
import { useLive } from "./live.ts";
import { isRefused, type Note, Notes, trafficText, withNote } from "./notes.tsx";
import { type Pane, PaneChoice } from "./pane-choice.tsx";
import { Phone } from "./phone.tsx";
import { usePlace } from "./place.ts";
import { getBotMessages, post } from "./requests.ts";
import { CUSTOMERS } from "./samples.ts";
import { useShortcuts } from "./shortcuts.ts";
import { WaysPane } from "./ways.tsx";
import { WaysContext } from "./ways-context.ts";
import type { Traffic } from "./wire.ts";

/** The whole page. */
export function Console() {
  const [botMessages, setBotMessages] = useState({});
  const [place, go] = usePlace();
  const [pane, setPane] = useState<Pane>(place.openId === undefined ? "phone" : "ways");
  const [customer, setCustomer] = useState(CUSTOMERS[0] ?? "");
  const [notes, setNotes] = useState<Note[]>([]);
  const note = useCallback(
    (text: string, isBad = false) => setNotes((before) => withNote(before, text, isBad)),
    [],
  );
  const tell = useMemo(
    () => ({
      traffic: (traffic: Traffic) => note(trafficText(traffic), isRefused(traffic)),
      platform: (text: string) => note(text, true),
    }),
    [note],
  );
  const { ready, brand, state, ways, faults, isConnected } = useLive(place.brand, tell);
  useShortcuts(setPane);
  useEffect(() => void getBotMessages().then(setBotMessages), []);

  if (ready === undefined) return <p role="status">Asking the bridge …</p>;
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
  const open = (openId: string | undefined) => {
    go({ brand, openId });
    setPane("ways");
  };
  return (
    <WaysContext.Provider value={{ ways, openId: place.openId, open }}>
      <Header
        ready={ready}
        brand={brand}
        chooseBrand={(chosen) => go({ brand: chosen, openId: undefined })}
        customer={customer}
        chooseCustomer={setCustomer}
        state={state}
        isConnected={isConnected}
      />
      <PaneChoice pane={pane} choose={setPane} />
      <main data-pane={pane}>
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
        <WaysPane state={state}>
          <FaultSwitches
            on={faults}
            replaced={state?.replaced ?? []}
            turn={(fault, on) => send("/api/faults", { fault, on })}
          />
        </WaysPane>
      </main>
      <Notes notes={notes} />
    </WaysContext.Provider>
  );
}
