import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Samples } from "../../samples/samples.ts";
import type { PageReady, PageState } from "../wire.ts";
import type { ComposerActs } from "./composer.tsx";
import { ConversationPane } from "./conversation-pane.tsx";
import { Inbox } from "./inbox.tsx";
import { type InboxRow, inboxRows, rowKey } from "./inbox-rows.ts";
import { seenOf, useSeen } from "./use-seen.ts";

/** What a narrow window shows of the desktop. */
export type DesktopView = "inbox" | "conversation";

/** The agent's desktop: all conversations, and one of them. */
export function Desktop(
  props: ComposerActs & {
    ready: PageReady;
    states: Record<string, PageState>;
    brand: string;
    customer: string;
    customerId: string;
    samples: Samples;
    view: DesktopView;
    setView: (view: DesktopView) => void;
    /** Chooses the conversation for the whole page. */
    choose: (row: InboxRow) => void;
  },
) {
  const { ready, states, brand, customer, customerId, samples, view, setView, choose } = props;
  const conversation = useRef<HTMLDivElement>(null);
  const rows = inboxRows(states, ready, seenOf);
  const key = rowKey(brand, customerId);
  const chosen = rows.find((row) => row.key === key);
  useSeen(chosen, conversation);
  const section = useRef<HTMLElement>(null);
  useFocusIn(section, view);
  const unread = rows.reduce((sum, row) => sum + row.unread, 0);
  return (
    <section aria-labelledby="desktop-title" class="desktop" data-view={view} ref={section}>
      <h2 id="desktop-title">Genesys Cloud: the agent's desktop</h2>
      <p class="visually-hidden" role="status">
        {unread > 0 && `${unread} unread messages`}
      </p>
      <Inbox
        rows={rows}
        chosenKey={key}
        choose={(row) => {
          choose(row);
          setView("conversation");
        }}
      />
      <div class="conversation-place" ref={conversation}>
        <button type="button" class="back" onClick={() => setView("inbox")}>
          ← Inbox
        </button>
        <ConversationPane
          key={key}
          conversationKey={key}
          row={chosen}
          customer={customer}
          state={states[brand]}
          customerId={customerId}
          samples={samples}
          sends={props.sends}
          sendsQuietly={props.sendsQuietly}
          note={props.note}
        />
      </div>
    </section>
  );
}

/** In a narrow window one of the two takes the other's place, and the focus with it. */
function useFocusIn(section: RefObject<HTMLElement | null>, view: DesktopView): void {
  const before = useRef(view);
  useLayoutEffect(() => {
    if (before.current === view) return;
    before.current = view;
    const shown = view === "inbox" ? ".inbox-row[aria-current=true]" : ".back";
    const isThere = document.activeElement?.closest(".conversation-place") != null;
    const target = section.current?.querySelector<HTMLElement>(shown);
    if (!(view === "conversation" && isThere) && target?.checkVisibility()) target.focus();
  }, [section, view]);
}
