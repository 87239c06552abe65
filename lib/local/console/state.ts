import type { Direction } from "../../../lambdas/shared/contract/queue-names.ts";
import type {
  Conversation,
  DesktopMessage,
  DesktopReceipt,
} from "../simulators/genesys/desktop.ts";
import type { ChatMessage } from "../simulators/line/chats.ts";
import type { StructuredContent } from "./structured-content.ts";
import type { Tally } from "./tally.ts";

/** The phone of a customer with the chat of one brand's account. */
export interface Phone {
  customer: string;
  userId: string;
  /** Both sides, in order. */
  lines: ChatMessage[];
  /** Until when the phone shows that the account is about to answer; milliseconds since 1970. */
  loadingUntil: number;
  hasBlocked: boolean;
}

/** A conversation with what can be shown of its structured messages. */
export interface ShownConversation extends Omit<Conversation, "messages"> {
  messages: ShownMessage[];
}

interface ShownMessage extends Omit<DesktopMessage, "structured"> {
  structured?: StructuredContent[];
}

/** What both sides of a brand see. */
export interface ConsoleState {
  /** The brand's key. */
  brand: string;
  /** What a person has to do before messages can flow; absent when nothing is left to do. */
  missingSetup?: string | undefined;
  /** The platforms that another server plays, which the console cannot look into. */
  replaced: string[];
  phones: Phone[];
  conversations: ShownConversation[];
  receipts: DesktopReceipt[];
  /** What has become of the messages; absent where another server plays one of the platforms. */
  tally?: Record<Direction, Tally> | undefined;
}
