import { useState } from "preact/hooks";
import { FileButton } from "../file-button.tsx";
import { readFile } from "../files.ts";
import { MessageForm } from "../message-form.tsx";
import type { Answer } from "../requests.ts";
import { AGENT_STICKER } from "../samples.ts";
import type { PageState } from "../wire.ts";
import { Transcript } from "./transcript.tsx";

/** The agent's desktop with the conversation of one customer. */
export function Desktop(props: {
  state: PageState | undefined;
  customerId: string;
  botMessages: Record<string, object>;
  /** Posts what the agent or a bot sends. */
  sends: (what: object) => Promise<Answer>;
  note: (text: string, isBad?: boolean) => void;
}) {
  const { state, customerId, botMessages, sends, note } = props;
  const [bot, setBot] = useState("");
  const messages = (state?.conversations ?? [])
    .filter((conversation) => conversation.customerId === customerId)
    .flatMap((one) => one.messages);
  const sendFile = async (file: File) => {
    const { name, type, base64 } = await readFile(file);
    await sends({ files: [{ filename: name, mime: type, base64 }] });
  };
  return (
    <section aria-labelledby="desktop-title" class="desktop">
      <h2 id="desktop-title">Genesys Cloud: the agent's desktop</h2>
      <Transcript messages={messages} receipts={state?.receipts ?? []} />
      <MessageForm
        id="agent-text"
        label="Message as the agent"
        placeholder="Answer as the agent"
        shortcut="Alt+2"
        send={async (text) => (await sends({ text })).ok}
      />
      <div class="row">
        <FileButton
          id="agent-attach"
          text="Attach a file …"
          label="File of the agent"
          send={sendFile}
          onRefusal={(reason) => note(reason, true)}
        />
        <button type="button" onClick={() => sends({ text: AGENT_STICKER })}>
          Sticker
        </button>
        <label>
          Bot{" "}
          <select value={bot} onChange={(event) => setBot(event.currentTarget.value)}>
            <option value="">sends …</option>
            {Object.keys(botMessages).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <button
          type="button"
          disabled={bot === ""}
          onClick={() => sends({ message: botMessages[bot] })}
        >
          Send as the bot
        </button>
      </div>
    </section>
  );
}
