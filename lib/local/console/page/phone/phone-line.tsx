import { WayLink } from "../ways/way-link.tsx";
import type { PhoneLine } from "../wire.ts";
import { Avatar } from "./account-list.tsx";
import { clockTime } from "./chat-times.ts";
import type { Act } from "./line-actions.ts";
import { LineMessageView } from "./line-message.tsx";
import { Menu } from "./menu.tsx";
import { OwnContent } from "./own-content.tsx";
import { isMessage, isQuotable } from "./quotes.ts";
import { readText } from "./text-parts.ts";

/** What can be done with the lines of a phone. */
export interface LineActs {
  act: Act;
  unsend: (messageId: string) => unknown;
  /** Begins an answer that quotes the message. */
  quote: (messageId: string) => unknown;
}

/** Kinds that LINE shows without a bubble around them. */
const BARE = new Set(["sticker", "image", "video", "template", "flex", "imagemap", "location"]);

/** One message of the chat, with its time, whether it is read, and what can be done with it. */
export function PhoneLineView(props: {
  brand: string;
  accountName: string;
  line: PhoneLine;
  quoted: PhoneLine | undefined;
  /** Whether the line before is from the same account, whose name shows there. */
  isNext: boolean;
  acts: LineActs;
}) {
  const { brand, accountName, line, quoted, isNext, acts } = props;
  const { id, message } = line;
  const isOwn = line.from === "customer";
  const sender = message.sender?.name ?? accountName;
  if (line.isUnsent) {
    return (
      <li class="notice">
        You unsent a message. {clockTime(line.at)} <WayLink id={id} />
      </li>
    );
  }
  return (
    <li class={isOwn ? "own" : "theirs"} data-next={isNext}>
      {!isOwn && !isNext && <Avatar name={sender} />}
      <div class="said">
        {!isOwn && !isNext && <span class="sender">{sender}</span>}
        <div class={BARE.has(message.type) ? "bare" : "bubble"}>
          {quoted && <Quote line={quoted} accountName={accountName} />}
          {isOwn ? (
            <OwnContent brand={brand} line={line} act={acts.act} />
          ) : (
            <LineMessageView message={message} act={acts.act} />
          )}
        </div>
      </div>
      <small class="aside">
        <LineMenu line={line} acts={acts} />
        <WayLink id={id} />
        {line.isRead && <span>Read</span>}
        {line.isSilent && <span>No sound</span>}
        <span>{clockTime(line.at)}</span>
      </small>
    </li>
  );
}

function LineMenu({ line, acts }: { line: PhoneLine; acts: LineActs }) {
  const { id } = line;
  const items = [
    ...(isQuotable(line) ? [{ text: "Reply", does: () => acts.quote(id) }] : []),
    ...(line.from === "customer" && isMessage(line)
      ? [{ text: "Unsend", does: () => acts.unsend(id) }]
      : []),
  ];
  if (items.length === 0) return null;
  return <Menu label="Actions for this message" sign="⋯" items={items} />;
}

/** The message that another one answers, in short. */
export function Quote({ line, accountName }: { line: PhoneLine; accountName: string }) {
  const { from, message, text } = line;
  const who = from === "customer" ? "You" : accountName;
  return (
    <blockquote>
      <strong>{who}</strong>
      <span>{message.type === "textV2" ? readText(message) : text}</span>
    </blockquote>
  );
}
