import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { Samples } from "../samples/samples.ts";
import { Desktop, type DesktopView } from "./desktop/desktop.tsx";
import { Header } from "./header.tsx";
import { useLive } from "./live.ts";
import { isRefused, type Note, Notes, trafficText, withNote } from "./notes.tsx";
import { type Pane, PaneChoice } from "./pane-choice.tsx";
import { accountChats } from "./phone/account-chats.ts";
import { Phone } from "./phone/phone.tsx";
import { usePlace } from "./place.ts";
import { getSamples, post } from "./requests.ts";
import { useShortcuts } from "./shortcuts.ts";
import { FaultSwitches } from "./ways/fault-switches.tsx";
import { WaysPane } from "./ways/ways.tsx";
import { WaysContext } from "./ways/ways-context.ts";
import type { Traffic } from "./wire.ts";

/** The whole page. */
export function Console() {
  const [samples, setSamples] = useState<Samples>();
  const [place, go] = usePlace();
  const [pane, setPane] = useState<Pane>(place.openId === undefined ? "phone" : "ways");
  const [desktopView, setDesktopView] = useState<DesktopView>("inbox");
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
  const { ready, states, ways, queues, faults, isConnected } = useLive(tell);
  const showField = useCallback((shown: Pane) => {
    setPane(shown);
    setDesktopView("conversation");
  }, []);
  useShortcuts(showField);
  // After a start the bridge may be that of another market.
  useEffect(() => {
    if (ready !== undefined) void getSamples().then(setSamples);
  }, [ready]);

  if (ready === undefined || samples === undefined) return <p role="status">Asking the bridge …</p>;
  const brands = Object.keys(ready.brands);
  const brand = brands.find((key) => key === place.brand) ?? brands[0] ?? "";
  const state = states[brand];
  const customer = place.customer ?? samples.customers[0];
  const phone = state?.phones.find((one) => one.customer === customer);
  // Somebody who has no phone here is known by the user id alone.
  const customerId = phone?.userId ?? customer;
  const send = async (path: string, body: object) => {
    const answer = await post(path, { brand, ...body });
    if (!answer.ok) note(answer.message ?? "The bridge refused it.", true);
    return answer;
  };
  const hasWritten = state?.conversations.some((one) => one.customerId === customerId) === true;
  const agentSends = async (what: object) => {
    if (hasWritten) return send("/api/genesys", { to: customerId, ...what });
    const message = "The customer writes first.";
    note(message, true);
    return { ok: false, message };
  };
  const agentSendsQuietly = async (what: object) =>
    hasWritten ? post("/api/genesys", { brand, to: customerId, ...what }) : { ok: false };
  const addCustomer = async (name: string) => {
    // Whoever looks at the chat is known from then on.
    const { ok } = await send("/api/line", { customer: name, look: true });
    if (ok) go({ customer: name });
  };
  const open = (openId: string | undefined) => {
    go({ openId });
    setPane("ways");
  };
  return (
    <WaysContext.Provider value={{ ways, openId: place.openId, open }}>
      <Header
        ready={ready}
        brand={brand}
        chooseBrand={(chosen) => go({ brand: chosen, openId: undefined })}
        customer={customer}
        customers={samples.customers}
        chooseCustomer={(chosen) => go({ customer: chosen })}
        state={state}
        isConnected={isConnected}
      />
      <PaneChoice pane={pane} choose={setPane} />
      <main data-pane={pane}>
        <Phone
          brand={brand}
          customer={customer}
          phone={phone}
          samples={samples}
          chats={accountChats(ready, states, customer)}
          chooseBrand={(chosen) => go({ brand: chosen, openId: undefined })}
          addCustomer={addCustomer}
          does={(what) => send("/api/line", { customer, ...what })}
          note={note}
        />
        <Desktop
          ready={ready}
          states={states}
          brand={brand}
          customer={customer}
          customerId={customerId}
          samples={samples}
          view={desktopView}
          setView={setDesktopView}
          choose={(row) => go({ brand: row.brand, customer: row.customer })}
          sends={agentSends}
          sendsQuietly={agentSendsQuietly}
          note={note}
        />
        <WaysPane ready={ready} states={states} queues={queues}>
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
