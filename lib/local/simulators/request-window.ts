/** Counts requests per key in windows of time; the first request of a window opens it. */
export interface RequestWindow {
  /** Undefined when the request may pass, otherwise the whole seconds until the window ends. */
  take(key: string): number | undefined;
}

export function createRequestWindow(options: {
  requests: number;
  /** The length of a window. */
  milliseconds: number;
  now: () => number;
}): RequestWindow {
  const windows = new Map<string, { endsAt: number; taken: number }>();
  return {
    take(key) {
      const now = options.now();
      let window = windows.get(key);
      if (window === undefined || window.endsAt <= now) {
        window = { endsAt: now + options.milliseconds, taken: 0 };
        windows.set(key, window);
      }
      if (window.taken >= options.requests) {
        return Math.ceil((window.endsAt - now) / 1000);
      }
      window.taken += 1;
      return undefined;
    },
  };
}
