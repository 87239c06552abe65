import { Avatar } from "./account-list.tsx";
import { Menu } from "./menu.tsx";

/** With whom the customer chats, and what the customer can do about it. */
export function ChatHeader(props: {
  name: string;
  goBack: (() => void) | undefined;
  hasBlocked: boolean;
  /** Posts what the customer does. */
  does: (what: object) => unknown;
}) {
  const { name, goBack, hasBlocked, does } = props;
  const items = [
    {
      text: hasBlocked ? "Unblock the account" : "Block the account",
      does: () => does({ block: !hasBlocked }),
    },
    // To unblock is to be a friend again.
    ...(hasBlocked ? [] : [{ text: "Add as a friend", does: () => does({ follow: true }) }]),
  ];
  return (
    <div class="chat-header">
      {goBack && (
        <button type="button" aria-label="Back to the chats" onClick={goBack}>
          ‹
        </button>
      )}
      <Avatar name={name} />
      <strong>{name}</strong>
      <Menu label="Actions for this account" sign="☰" items={items} />
    </div>
  );
}
