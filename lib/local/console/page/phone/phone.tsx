import { useState } from "preact/hooks";
import type { Samples } from "../../samples/samples.ts";
import type { AccountChat } from "./account-chats.ts";
import { AccountList } from "./account-list.tsx";
import { Chat, type ChatProps } from "./chat.tsx";
import { NewCustomer } from "./new-customer.tsx";
import { placesToChoose } from "./sample-places.ts";
import { stickersToChoose } from "./stickers.ts";

/** The customer's phone: the chats with the accounts of all brands, and all that a customer can do in one of them. */
export function Phone(
  props: Pick<ChatProps, "brand" | "phone" | "does" | "note"> & {
    /** The name, or the user id of one without a name. */
    customer: string;
    samples: Samples;
    /** One for each brand. */
    chats: AccountChat[];
    chooseBrand: (brand: string) => void;
    /** Takes the phone of the customer with this name; it need not be known. */
    addCustomer: (name: string) => unknown;
  },
) {
  const { chats, brand, samples } = props;
  const [isListOpen, setListOpen] = useState(false);
  const accountName = chats.find((chat) => chat.brand === brand)?.name ?? brand;
  const open = (chosen: string) => {
    props.chooseBrand(chosen);
    setListOpen(false);
  };
  return (
    <section aria-labelledby="phone-title" class="phone">
      <div class="pane-title">
        <h2 id="phone-title">LINE: the customer's phone</h2>
        <span class="quiet">{props.customer}</span>
        <NewCustomer add={props.addCustomer} />
      </div>
      <div class="device">
        {isListOpen ? (
          <AccountList chats={chats} open={open} />
        ) : (
          <Chat
            brand={brand}
            accountName={accountName}
            phone={props.phone}
            stickers={stickersToChoose(samples.sticker)}
            places={placesToChoose(samples.location)}
            goBack={chats.length > 1 ? () => setListOpen(true) : undefined}
            does={props.does}
            note={props.note}
          />
        )}
      </div>
    </section>
  );
}
