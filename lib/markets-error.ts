/** The `markets` entry cannot be used; the message lists every fault with its path, value and what is allowed. */
export class MarketsError extends Error {
  override name = "MarketsError";
  constructor(faults: string[]) {
    super(
      `The markets configuration has ${faults.length} fault(s):\n${faults.map((fault) => `  ${fault}`).join("\n")}`,
    );
  }
}
