import * as z from "zod";
import { OperatorError } from "../errors.ts";
import type { GenesysAnswer } from "./genesys-api.ts";
import { consoleName, type Permission } from "./permissions.ts";

/** Genesys Cloud has answered 403: the OAuth client's role lacks these permissions. */
export class MissingPermission extends OperatorError {
  readonly permissions: readonly Permission[];
  constructor(doing: string, permissions: readonly Permission[]) {
    const names = permissions.map(consoleName).join(" and ");
    const plural = permissions.length === 1 ? "permission" : "permissions";
    super(
      `Genesys Cloud refused to ${doing} with 403: give the role of the OAuth client for set-up the ${plural} ${names}.`,
    );
    this.permissions = permissions;
  }
}

const errorBody = z.object({
  code: z.string().optional(),
  contextId: z.string().optional(),
  message: z.string().optional(),
});

/**
 * The error for an unexpected answer to a request that needs these permissions. It never has the body's message,
 * which may quote what was sent.
 */
export function refusedBy(
  doing: string,
  needed: readonly Permission[],
  { status, body }: GenesysAnswer,
): OperatorError {
  const { code, contextId, message = "" } = errorBody.safeParse(body).data ?? {};
  if (status === 403) {
    const named = needed.filter((permission) => message.includes(permission));
    return new MissingPermission(doing, named.length > 0 ? named : needed);
  }
  const detail = [status, code, contextId && `contextId ${contextId}`].filter(Boolean).join(" ");
  return new OperatorError(`Genesys Cloud refused to ${doing} with ${detail}.`);
}

export function isAccepted({ status }: GenesysAnswer): boolean {
  return status >= 200 && status < 300;
}
