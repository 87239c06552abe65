/** Structured log. Fields never hold text, names, tokens, secrets or raw user ids. */
export interface Log {
  info: Write;
  warn: Write;
  error: Write;
}

type Write = (message: string, fields: Record<string, unknown>) => void;

/** The log of one brand: each of its lines names the brand. */
export function brandLog(log: Log, brand: string): Log {
  return {
    info: (message, fields) => log.info(message, { brand, ...fields }),
    warn: (message, fields) => log.warn(message, { brand, ...fields }),
    error: (message, fields) => log.error(message, { brand, ...fields }),
  };
}
