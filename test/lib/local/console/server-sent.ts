/** An event of a stream of server-sent events. */
interface ServerSent {
  event: string;
  data: unknown;
}

/** Reads server-sent events. `next` resolves with the first unread one of that name; `end` leaves. */
export async function readServerSent(url: string) {
  const leaving = new AbortController();
  const response = await fetch(url, { signal: leaving.signal });
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  const unread: ServerSent[] = [];
  let rest = "";

  async function readMore(): Promise<void> {
    const { value, done } = await reader.read();
    if (done) throw new Error("the stream has ended");
    const blocks = (rest + decoder.decode(value, { stream: true })).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const [, event, data = ""] = /^event: (.*)\ndata: (.*)$/.exec(block) ?? [];
      if (event !== undefined) unread.push({ event, data: JSON.parse(data) });
    }
  }

  return {
    type: response.headers.get("content-type"),
    async next(event: string): Promise<unknown> {
      for (;;) {
        const index = unread.findIndex((one) => one.event === event);
        if (index >= 0) return unread.splice(index, 1)[0]?.data;
        await readMore();
      }
    },
    unread: (event: string) => unread.filter((one) => one.event === event),
    end: () => leaving.abort(),
  };
}
