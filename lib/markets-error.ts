/** The `markets` entry cannot be used; the message lists every fault with its path, value and what is allowed. */
export class MarketsError extends Error {
  override name = "MarketsError";
  readonly faults: string[];

  /** `file` holds the configuration. */
  constructor(faults: string[], file?: string) {
    const where = file === undefined ? "" : ` in ${file}`;
    super(
      `The markets configuration${where} has ${faults.length} fault(s):\n${faults.map((fault) => `  ${fault}`).join("\n")}`,
    );
    this.faults = faults;
  }

  /** The same, with the file's name. */
  in(file: string): MarketsError {
    return new MarketsError(this.faults, file);
  }
}
