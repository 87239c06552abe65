import type { AccountChat } from "./account-chats.ts";
import { clockTime } from "./chat-times.ts";

/** The customer's list of chats: one with the account of each brand. */
export function AccountList(props: { chats: AccountChat[]; open: (brand: string) => void }) {
  return (
    <>
      <div class="chat-header">
        <strong>Chats</strong>
      </div>
      <ul class="account-list">
        {props.chats.map(({ brand, name, text, at }) => (
          <li key={brand}>
            <button type="button" onClick={() => props.open(brand)}>
              <Avatar name={name} />
              <span class="account">
                <strong>{name}</strong>
                <span>{text ?? "No messages yet"}</span>
              </span>
              {at !== undefined && <small>{clockTime(at)}</small>}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Stands for the account's picture. */
export function Avatar({ name }: { name: string }) {
  const [initial = "?"] = name;
  return (
    <span class="avatar" aria-hidden="true">
      {initial.toUpperCase()}
    </span>
  );
}
