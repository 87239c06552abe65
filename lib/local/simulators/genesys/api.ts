/** A request whose caller has the permission and whose body could be read. */
interface GenesysCall {
  /** The parts of the path in brackets. */
  parameters: string[];
  query: URLSearchParams;
  /** Undefined for GET and DELETE. */
  body: unknown;
}

export type GenesysAnswer = {
  /** For people who watch the local run. */
  what: string;
  text?: string;
  brandKey?: string;
} & ({ body: object } | { bytes: Buffer });

/** An operation of the Platform API; its success is 200. */
export interface GenesysRoute {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  path: RegExp;
  /** The permissions that the OAuth client needs, all of them. */
  permissions: readonly string[];
  /** @throws {GenesysRefusal} 404, 400 */
  answer(call: GenesysCall): GenesysAnswer;
}
