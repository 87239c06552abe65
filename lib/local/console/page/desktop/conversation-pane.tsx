import { useState } from "preact/hooks";
import type { Samples } from "../../samples/samples.ts";
import type { PageState } from "../wire.ts";
import { Composer, type ComposerActs } from "./composer.tsx";
import { DetailsPanel } from "./details-panel.tsx";
import type { InboxRow } from "./inbox-rows.ts";
import { Transcript } from "./transcript.tsx";

/** The conversation with one customer. The key of another one makes another component. */
export function ConversationPane(
  props: ComposerActs & {
    conversationKey: string;
    /** Undefined until the customer has written. */
    row: InboxRow | undefined;
    customer: string;
    state: PageState | undefined;
    customerId: string;
    samples: Samples;
  },
) {
  const { conversationKey, row, customer, state, customerId, samples } = props;
  const [files, setFiles] = useState<File[]>([]);
  const messages = (state?.conversations ?? [])
    .filter((conversation) => conversation.customerId === customerId)
    .flatMap((one) => one.messages);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    const dropped = [...(event.dataTransfer?.files ?? [])];
    setFiles((before) => [...before, ...dropped]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files can be attached with a button, too
    <div class="conversation" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <div class="conversation-head">
        <h3>{row?.name ?? customer}</h3>
        {row && (
          <span class="quiet">
            Queue {row.queue.name}, {row.queue.why}
          </span>
        )}
      </div>
      {row && <DetailsPanel row={row} messages={messages} />}
      <Transcript messages={messages} receipts={state?.receipts ?? []} />
      <Composer
        conversationKey={conversationKey}
        samples={samples}
        files={files}
        setFiles={setFiles}
        sends={props.sends}
        sendsQuietly={props.sendsQuietly}
        note={props.note}
      />
    </div>
  );
}
