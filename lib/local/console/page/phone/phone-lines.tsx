import { Fragment } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ChatList, NothingYet } from "../chat-list.tsx";
import type { PagePhone, PhoneLine } from "../wire.ts";
import { beginsDay, dayText } from "./chat-times.ts";
import { type LineActs, PhoneLineView } from "./phone-line.tsx";
import { quotedLine } from "./quotes.ts";

/** The chat as the customer's phone shows it. */
export function PhoneLines(props: {
  brand: string;
  accountName: string;
  phone: PagePhone | undefined;
  acts: LineActs;
}) {
  const { phone, ...shared } = props;
  const { lines = [], loadingUntil = 0 } = phone ?? {};
  const isTyping = useIsBefore(loadingUntil);
  return (
    <ChatList id="phone" labelledBy="phone-title">
      {lines.map((line, index) => {
        const before = lines[index - 1];
        const isNewDay = beginsDay(line.at, before?.at);
        return (
          <Fragment key={line.id}>
            {isNewDay && <li class="notice">{dayText(line.at, Date.now())}</li>}
            <PhoneLineView
              line={line}
              quoted={quotedLine(line, lines)}
              isNext={!isNewDay && isSameSender(line, before)}
              {...shared}
            />
          </Fragment>
        );
      })}
      {isTyping && <Typing name={props.accountName} />}
      {lines.length === 0 && !isTyping && <NothingYet />}
    </ChatList>
  );
}

function isSameSender(line: PhoneLine, before: PhoneLine | undefined): boolean {
  return (
    line.from === "account" &&
    before?.from === "account" &&
    line.message.sender?.name === before.message.sender?.name
  );
}

function Typing({ name }: { name: string }) {
  return (
    <li class="typing" title="typing">
      <span class="bubble">
        <span class="dot" />
        <span class="dot" />
        <span class="dot" />
        <span class="unseen">{name} is about to answer</span>
      </span>
    </li>
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
