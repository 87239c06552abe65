/** What is wrong with a template. */
export interface TemplateFault {
  /** From the list of messages on. */
  path: readonly PropertyKey[];
  /** The value, its limit and the fix. */
  told: string;
}
