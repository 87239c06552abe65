import { useWayOf, useWays } from "./ways-context.ts";

/** What has become of the message with this id. It opens the message's way; nothing where that is unknown. */
export function WayLink({ id }: { id: string | undefined }) {
  const { open } = useWays();
  const way = useWayOf(id);
  if (way === undefined) return null;
  const { correlationId, outcome, reason } = way;
  return (
    <button
      type="button"
      class="link way-link"
      data-outcome={outcome}
      aria-label={`${outcome}: open the way of this message`}
      title={reason}
      onClick={() => open(correlationId)}
    >
      {outcome}
    </button>
  );
}
