import * as z from "zod";

/** The calls of the operating system that a request begins with. */
const CONNECTING = new Set(["getaddrinfo", "connect"]);
/** Of Node and OpenSSL: no connection in time, or the server has not proved who it is. */
const NOT_CONNECTED =
  /^(UND_ERR_CONNECT_TIMEOUT|ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH)/;

/** Errors of `fetch` nest: one has a cause, or an error for each address of the host. */
const networkError = z.object({
  syscall: z.string().optional(),
  code: z.string().optional(),
  cause: z.unknown().optional(),
  errors: z.array(z.unknown()).optional(),
});

/** Whether a request has surely not left, since `fetch` had no connection: nobody can have taken it. */
export function neverConnected(error: unknown): boolean {
  const { data } = networkError.safeParse(error);
  if (data === undefined) return false;
  const { syscall = "", code = "", cause, errors } = data;
  if (errors !== undefined) return errors.length > 0 && errors.every(neverConnected);
  return CONNECTING.has(syscall) || NOT_CONNECTED.test(code) || neverConnected(cause);
}
