import { useEffect, useState } from "preact/hooks";
import { ChatList, NothingYet } from "../chat-list.tsx";
import { localTime } from "../local-time.ts";
import { Audio, Image, Text, Video } from "../media.tsx";
import { WayLink } from "../ways/way-link.tsx";
import type { PagePhone, PhoneLine } from "../wire.ts";
import { LineMessageView } from "./line-message.tsx";
import type { Act } from "./line-messages.ts";

/** What can be done with the lines of a phone. */
export interface PhoneActs {
  act: Act;
  unsend: (messageId: string) => unknown;
  /**
   * The images, videos and audio that were sent from this page, by message id: LINE keeps them, but a phone
   * shows its own copy.
   */
  sentUrls: ReadonlyMap<string, string>;
}

/** The chat as the customer's phone shows it. */
export function PhoneLines({ phone, ...acts }: PhoneActs & { phone: PagePhone | undefined }) {
  const { lines = [], loadingUntil = 0 } = phone ?? {};
  const isTyping = useIsBefore(loadingUntil);
  return (
    <ChatList id="phone" labelledBy="phone-title">
      {lines.map((line) =>
        line.from === "account" ? (
          <li key={line.id}>
            <LineMessageView message={line.message} act={acts.act} />
            <small>{localTime(line.at)}</small>
          </li>
        ) : (
          <OwnLine key={line.id} line={line} {...acts} />
        ),
      )}
      {isTyping && <li title="typing">● ● ●</li>}
      {lines.length === 0 && !isTyping && <NothingYet />}
    </ChatList>
  );
}

/** Whether that time, in milliseconds since 1970, is still to come; shows it when it has. */
function useIsBefore(time: number): boolean {
  const [, showAgain] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => showAgain(time), Math.max(0, time - Date.now() + 50));
    return () => clearTimeout(timer);
  }, [time]);
  return time > Date.now();
}

function OwnLine({ line, unsend, ...acts }: PhoneActs & { line: PhoneLine }) {
  // The words that LINE shows for a tap are not a message, so they cannot be unsent.
  const isMessage = line.message.markAsReadToken !== undefined && !line.isUnsent;
  return (
    <li class="own">
      {line.isUnsent ? <em>unsent</em> : <OwnContent line={line} {...acts} />}
      <small>
        {localTime(line.at)}
        {line.isRead && " · Read"} <WayLink id={line.id} />
        {isMessage && " · "}
        {isMessage && (
          <button type="button" class="link" onClick={() => unsend(line.id)}>
            Unsend
          </button>
        )}
      </small>
    </li>
  );
}

function OwnContent({ line, act, sentUrls }: Omit<PhoneActs, "unsend"> & { line: PhoneLine }) {
  const { id, text, message } = line;
  const url = sentUrls.get(id);
  if (message.type === "location" || message.type === "sticker") {
    return <LineMessageView message={message} act={act} />;
  }
  if (url === undefined) return <Text text={text} />;
  switch (message.type) {
    case "image":
      return <Image url={url} alt="image" />;
    case "video":
      return <Video url={url} />;
    case "audio":
      return <Audio url={url} />;
    default:
      return <Text text={text} />;
  }
}
