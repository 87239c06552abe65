import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { MessageWay } from "../../message-way.ts";

/** The ways of the brand's messages, and which one is open. */
export interface Ways {
  /** Newest first. */
  ways: MessageWay[];
  /** The `correlationId` of the open one. */
  openId: string | undefined;
  open: (correlationId: string | undefined) => void;
}

export const WaysContext = createContext<Ways>({ ways: [], openId: undefined, open: () => {} });

export const useWays = (): Ways => useContext(WaysContext);

/**
 * The way of a message by LINE's or Genesys Cloud's id of it; LINE's may have the number of a part. LINE's id of a
 * message of the account leads to the agent's message that it belongs to.
 */
export function useWayOf(id: string | undefined): MessageWay | undefined {
  const { ways } = useWays();
  const [whole] = id?.split("#") ?? [];
  if (whole === undefined) return undefined;
  return ways.find(
    ({ correlationId, messageId, sent = [] }) =>
      correlationId === id || messageId === whole || sent.some(({ ids }) => ids.includes(whole)),
  );
}
