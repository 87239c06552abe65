/** How an outbound webhook of Genesys Cloud ended. */
export interface WebhookOutcome {
  /** The status of the last answer; 0 when there was none. */
  status: number;
  attempts: number;
}
