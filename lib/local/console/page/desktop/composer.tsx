import { useRef, useState } from "preact/hooks";
import type { CannedResponse, Samples } from "../../samples/samples.ts";
import { TYPING } from "../../samples/typing.ts";
import { readFile } from "../files.ts";
import type { Answer } from "../requests.ts";
import { AttachButton } from "./attach-button.tsx";
import { botChoices } from "./bot-choices.ts";
import { ChoiceMenu } from "./choice-menu.tsx";
import { ChosenFiles } from "./chosen-files.tsx";
import { MessageField } from "./message-field.tsx";
import { useDraft } from "./use-draft.ts";
import { useTyping } from "./use-typing.ts";

/** A sticker that LINE lets accounts send, as agents write it. */
const AGENT_STICKER = "[LINE STICKER: 11537/52002735]";

/** What the agent or a bot sends to one conversation. */
export interface ComposerActs {
  /** Posts it; a refusal is shown. */
  sends: (what: object) => Promise<Answer>;
  /** The same, but nobody needs to know of a refusal. */
  sendsQuietly: (what: object) => Promise<Answer>;
  note: (text: string, isBad?: boolean) => void;
}

/** Where the agent writes. `conversationKey` names the draft; the composer of another one is another component. */
export function Composer(
  props: ComposerActs & {
    conversationKey: string;
    samples: Samples;
    files: File[];
    setFiles: (change: (before: File[]) => File[]) => void;
  },
) {
  const { conversationKey, samples, files, setFiles, sends, sendsQuietly, note } = props;
  const draft = useDraft(conversationKey);
  const typing = useTyping(async () => (await sendsQuietly({ message: TYPING })).ok);
  const field = useRef<HTMLTextAreaElement>(null);
  const [isReading, setReading] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const send = async (what: object) => {
    const answer = await sends(what);
    setRefusal(answer.ok ? undefined : answer.message);
    return answer;
  };

  const submit = async () => {
    const text = draft.text.trim();
    if ((text === "" && files.length === 0) || isReading) return;
    setReading(files.length > 0);
    const read = await Promise.all(files.map(readFile)).catch((error: unknown) => {
      note(error instanceof Error ? error.message : String(error), true);
    });
    setReading(false);
    if (read === undefined) return;
    draft.set("");
    setFiles(() => []);
    const sent = read.map(({ name, type, base64 }) => ({ filename: name, mime: type, base64 }));
    const { ok } = await send({
      ...(text !== "" && { text }),
      ...(sent.length > 0 && { files: sent }),
    });
    if (ok) return;
    draft.restore(text);
    setFiles((before) => [...files, ...before]);
  };

  const attach = (added: File[]) => setFiles((before) => [...before, ...added]);
  const insert = ({ text }: CannedResponse) => {
    const { selectionStart = 0, selectionEnd = 0 } = field.current ?? {};
    draft.set(draft.text.slice(0, selectionStart) + text + draft.text.slice(selectionEnd));
    field.current?.focus();
  };
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <ChosenFiles
        files={files}
        remove={(file) => setFiles((before) => before.filter((one) => one !== file))}
      />
      <div class="row">
        <MessageField
          field={field}
          text={draft.text}
          write={(text) => {
            draft.set(text);
            if (text.trim() !== "") typing.typed();
          }}
          submit={submit}
          attach={attach}
        />
        <button type="submit" disabled={isReading}>
          Send
        </button>
      </div>
      <div class="row">
        <AttachButton attach={attach} />
        <ChoiceMenu
          text="Canned responses"
          choices={samples.cannedResponses.map((one) => ({ ...one, about: one.text }))}
          choose={insert}
        />
        <ChoiceMenu
          text="Send as the bot"
          choices={botChoices(samples)}
          choose={({ message }) => void send({ message })}
        />
        <button type="button" onClick={() => send({ text: AGENT_STICKER })}>
          Sticker
        </button>
        {refusal === undefined ? (
          <small class="quiet">
            {typing.isTold ? "● ● ● typing indicator sent" : "Shift+Enter: new line"}
          </small>
        ) : (
          <small class="bad" role="alert">
            {refusal}
          </small>
        )}
      </div>
    </form>
  );
}
