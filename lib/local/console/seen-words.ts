/** The words of steps that the local run sees, and of the one that tells when a message is stored. */
export const SEEN = {
  webhook: "webhook",
  stored: "Stored in the queue",
  taken: "Taken from the queue",
  deleted: "Deleted from the queue",
  kept: "Back in the queue",
  loading: "loading animation",
} as const;
