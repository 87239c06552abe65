import type { ServerResponse } from "node:http";

/** Changes that follow each other within this time are told once, in milliseconds. */
const TOGETHER_MS = 50;

/** What is told to those who watch one brand. */
export interface Live {
  /** Tells this viewer the brand's state, and from now on what happens, until the viewer leaves. */
  watch(brand: string, response: ServerResponse): void;
  /** The state of brands may be another now: tells those to whom it is news. */
  changed(): void;
  /** Tells everyone, or those who watch this brand. */
  tell(event: string, data: unknown, brand?: string): void;
  close(): void;
}

interface Viewer {
  brand: string;
  /** The state that it was told last. */
  told: string;
}

/** Server-sent events with the state of a brand. `first` is what a new viewer is told before that. */
export function createLive(options: {
  first: (brand: string) => Record<string, unknown>;
  state: (brand: string) => unknown;
}): Live {
  const viewers = new Map<ServerResponse, Viewer>();
  let timer: NodeJS.Timeout | undefined;

  function tellState(response: ServerResponse, viewer: Viewer, state: string): void {
    if (viewer.told !== state) response.write(serverSent("state", state));
    viewer.told = state;
  }

  function tellStates(): void {
    timer = undefined;
    const states = new Map<string, string>();
    for (const [response, viewer] of viewers) {
      const state = states.get(viewer.brand) ?? JSON.stringify(options.state(viewer.brand));
      states.set(viewer.brand, state);
      tellState(response, viewer, state);
    }
  }

  return {
    watch(brand, response) {
      startEvents(response);
      for (const [event, data] of Object.entries(options.first(brand))) {
        response.write(serverSent(event, JSON.stringify(data)));
      }
      const viewer = { brand, told: "" };
      viewers.set(response, viewer);
      response.once("close", () => viewers.delete(response));
      tellState(response, viewer, JSON.stringify(options.state(brand)));
    },
    changed() {
      if (viewers.size > 0) timer ??= setTimeout(tellStates, TOGETHER_MS);
    },
    tell(event, data, brand) {
      const text = serverSent(event, JSON.stringify(data));
      for (const [response, viewer] of viewers) {
        if (brand === undefined || viewer.brand === brand) response.write(text);
      }
    },
    close: () => clearTimeout(timer),
  };
}

/** Begins an answer of server-sent events. A browser whose connection ends comes back after a second. */
export function startEvents(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write("retry: 1000\n\n");
}

function serverSent(event: string, json: string): string {
  return `event: ${event}\ndata: ${json}\n\n`;
}
