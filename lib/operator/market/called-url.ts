/** Kept beside the errors, because they are the SDK's. */
const urls = new WeakMap<Error, URL>();

/** Where it stands in a client's stack: behind the steps that choose the address. */
export const KEEPING_STEP = { step: "finalizeRequest", priority: "low" } as const;

/** A middleware for a client of AWS: lets `calledUrl` tell where a failed call went, which the errors do not. */
export function keepCalledUrl<Args extends { request: unknown }, Result>(
  next: (args: Args) => Promise<Result>,
) {
  return async (args: Args): Promise<Result> => {
    try {
      return await next(args);
    } catch (error) {
      const url = urlOf(args.request);
      if (error instanceof Error && url !== undefined) urls.set(error, url);
      throw error;
    }
  };
}

/** Where the call of AWS went that has failed with this error; undefined for other errors. */
export function calledUrl(error: Error): URL | undefined {
  return urls.get(error);
}

function urlOf(request: unknown): URL | undefined {
  const { protocol, hostname, port } = request as Partial<URL>;
  const text = `${protocol}//${hostname}${port === undefined ? "" : `:${port}`}`;
  return URL.canParse(text) ? new URL(text) : undefined;
}
