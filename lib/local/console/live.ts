import type { ServerResponse } from "node:http";

/** Changes that follow each other within this time are told once, in milliseconds. */
const TOGETHER_MS = 50;

/** What a viewer may leave unread, in bytes: it would fill the memory of the run. */
const MAX_UNREAD_BYTES = 5_000_000;

/** What is told to those who watch brands. */
export interface Live {
  /** Tells this viewer the state of each of the brands, and from now on what happens, until the viewer leaves. */
  watch(brands: string[], response: ServerResponse): void;
  /** The state of brands may be another now: tells those to whom it is news. */
  changed(): void;
  isWatched(): boolean;
  /** Tells everyone, or those who watch this brand. */
  tell(event: string, data: unknown, brand?: string): void;
  close(): void;
}

interface Viewer {
  /** The state that it was told last, of each brand that it watches. */
  told: Map<string, string>;
}

/** Server-sent events with the state of brands. `first` is what a new viewer is told before that, if it is known. */
export function createLive(options: {
  first: (brands: string[]) => Record<string, unknown>;
  state: (brand: string) => unknown;
}): Live {
  const viewers = new Map<ServerResponse, Viewer>();
  let timer: NodeJS.Timeout | undefined;

  function tellState(
    response: ServerResponse,
    { told }: Viewer,
    states: Map<string, string>,
  ): void {
    for (const [brand, before] of told) {
      const state = states.get(brand) ?? JSON.stringify(options.state(brand));
      states.set(brand, state);
      if (before !== state) tellViewer(response, serverSent("state", state));
      told.set(brand, state);
    }
  }

  function tellStates(): void {
    timer = undefined;
    const states = new Map<string, string>();
    for (const [response, viewer] of viewers) tellState(response, viewer, states);
  }

  return {
    watch(brands, response) {
      startEvents(response);
      for (const [event, data] of Object.entries(options.first(brands))) {
        if (data !== undefined) response.write(serverSent(event, JSON.stringify(data)));
      }
      const viewer = { told: new Map(brands.map((brand) => [brand, ""])) };
      viewers.set(response, viewer);
      response.once("close", () => viewers.delete(response));
      tellState(response, viewer, new Map());
    },
    changed() {
      if (viewers.size > 0) timer ??= setTimeout(tellStates, TOGETHER_MS);
    },
    isWatched: () => viewers.size > 0,
    tell(event, data, brand) {
      if (viewers.size === 0) return;
      const text = serverSent(event, JSON.stringify(data));
      for (const [response, viewer] of viewers) {
        if (brand === undefined || viewer.told.has(brand)) tellViewer(response, text);
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

/** Ends the connection of a viewer who reads no more: a browser connects again and is told everything. */
export function tellViewer(response: ServerResponse, text: string): void {
  if (response.writableLength > MAX_UNREAD_BYTES) response.destroy();
  if (!response.destroyed) response.write(text);
}

function serverSent(event: string, json: string): string {
  return `event: ${event}\ndata: ${json}\n\n`;
}
