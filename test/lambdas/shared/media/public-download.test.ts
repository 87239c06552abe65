import type { ServerResponse } from "node:http";
import type { LookupFunction } from "node:net";
import { buffer } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { errorFields } from "../../../../lambdas/shared/failures/bridge-error.ts";
import { RetryableFailure } from "../../../../lambdas/shared/failures/failures.ts";
import {
  DownloadGone,
  DownloadRefused,
  DownloadTooLarge,
} from "../../../../lambdas/shared/media/download-errors.ts";
import {
  createPublicDownload,
  type DownloadOptions,
} from "../../../../lambdas/shared/media/public-download.ts";
import { loopbackServer } from "../../loopback-server.ts";

const LIMITS: DownloadOptions = { maxBytes: 1_000, timeoutMs: 2_000 };

const servers: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  // Time for rejections that nobody handles: they fail the test.
  await sleep(5);
});

async function serve(handle: Parameters<typeof loopbackServer>[0]) {
  const server = await loopbackServer(handle);
  servers.push(server);
  return server;
}

/** Only the servers of the test are trusted. */
function downloadFrom(...origins: string[]) {
  return createPublicDownload({ trustedOrigins: new Set(origins) });
}

async function failureOf(promise: Promise<unknown>): Promise<Error> {
  const outcome: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(outcome).toBeInstanceOf(Error);
  return outcome as Error;
}

describe("a download", () => {
  it("hands the body and its type over, and sends nothing of ours", async () => {
    const { origin, requests } = await serve((_, response) => {
      response.writeHead(200, { "content-type": "image/png", "content-length": 5 });
      response.end("bytes");
    });
    const { body, contentType } = await downloadFrom(origin)(`${origin}/a`, LIMITS);
    expect(contentType).toBe("image/png");
    expect(String(await buffer(body))).toBe("bytes");
    const sent = requests[0]?.headers ?? {};
    expect(sent["accept-encoding"]).toBe("identity");
    expect(sent).not.toHaveProperty("authorization");
    expect(sent).not.toHaveProperty("cookie");
  });

  it("follows redirects, relative ones too, without the cookies that they set", async () => {
    const { origin, requests } = await serve((request, response) => {
      const next = { "/1": "/2", "/2": "3?x=y" }[request.url ?? ""];
      if (next === undefined) return response.end("there");
      response.writeHead(302, { location: next, "set-cookie": "a=b" });
      return response.end();
    });
    const { body } = await downloadFrom(origin)(`${origin}/1`, LIMITS);
    expect(String(await buffer(body))).toBe("there");
    expect(requests.map(({ url }) => url)).toEqual(["/1", "/2", "/3?x=y"]);
    expect(requests.every(({ headers }) => headers.cookie === undefined)).toBe(true);
  });

  it("follows a redirect whose URL is in bare UTF-8", async () => {
    const { origin, requests } = await serve((request, response) => {
      if (request.url !== "/") return response.end("there");
      response.writeHead(302, { location: Buffer.from("/ภาพ").toString("latin1") });
      return response.end();
    });
    const { body } = await downloadFrom(origin)(origin, LIMITS);
    expect(String(await buffer(body))).toBe("there");
    expect(requests[1]?.url).toBe(encodeURI("/ภาพ"));
  });

  it.each([
    [5, true],
    [6, false],
  ])("with %i redirects is followed: %s", async (count, isFollowed) => {
    const { origin } = await serve((request, response) => {
      const done = Number(request.url?.slice(1));
      if (done === count) return response.end("there");
      response.writeHead(307, { location: `/${done + 1}` });
      return response.end();
    });
    const download = downloadFrom(origin)(`${origin}/0`, LIMITS);
    if (isFollowed) expect(String(await buffer((await download).body))).toBe("there");
    else expect(await failureOf(download)).toBeInstanceOf(DownloadRefused);
  });

  it("may leave the origins where it must start", async () => {
    const target = await serve((_, response) => response.end("there"));
    const start = await serve((_, response) => {
      response.writeHead(303, { location: `${target.origin}/signed?secret` });
      response.end();
    });
    const download = downloadFrom(start.origin, target.origin);
    const options = { ...LIMITS, startOrigins: new Set([start.origin]) };
    const { body } = await download(`${start.origin}/a`, options);
    expect(String(await buffer(body))).toBe("there");
    expect(await failureOf(download(`${target.origin}/a`, options))).toBeInstanceOf(
      DownloadRefused,
    );
  });

  it.each([
    ["http", "http://example.com/secret"],
    ["a file", "file:///etc/secret"],
    ["no URL", "https://secret:99999/"],
    ["credentials", "https://user:secret@example.com/"],
    ["the metadata service", "https://169.254.169.254/secret"],
    ["the metadata service over http", "http://169.254.169.254/secret"],
    ["loopback", "https://127.0.0.1/secret"],
    ["loopback by name", "https://localhost/secret"],
    ["loopback in decimal", "https://2130706433/secret"],
    ["loopback in octal", "https://0177.0.0.1/secret"],
    ["loopback in hexadecimal", "https://0x7f.1/secret"],
    ["loopback in full width", "https://１２７.0.0.1/secret"],
    ["this host", "https://0.0.0.0/secret"],
    ["this network", "https://0.1.2.3/secret"],
    ["class A", "https://10.1.2.3/secret"],
    ["class B", "https://172.31.255.255/secret"],
    ["class C", "https://192.168.0.1/secret"],
    ["carrier-grade NAT", "https://100.64.0.1/secret"],
    ["multicast", "https://224.0.0.1/secret"],
    ["broadcast", "https://255.255.255.255/secret"],
    ["benchmarks", "https://198.18.0.1/secret"],
    ["loopback in IPv6", "https://[::1]/secret"],
    ["loopback mapped into IPv6", "https://[::ffff:127.0.0.1]/secret"],
    ["loopback translated to IPv6", "https://[64:ff9b::7f00:1]/secret"],
    ["the metadata service in IPv6", "https://[fd00:ec2::254]/secret"],
    ["a zone of IPv6", "https://[fe80::1%25eth0]/secret"],
  ])("of %s is refused, at first and after a redirect", async (_, url) => {
    const { origin } = await serve((_request, response) => {
      response.writeHead(302, { location: Buffer.from(url).toString("latin1") });
      response.end();
    });
    for (const address of [url, `${origin}/a`]) {
      const failure = await failureOf(downloadFrom(origin)(address, LIMITS));
      expect(failure).toBeInstanceOf(DownloadRefused);
      expect(failure.message).not.toContain("secret");
    }
  });

  it.each([
    ["10.0.0.7", 4],
    ["169.254.169.254", 4],
    ["127.0.0.1", 4],
    ["::ffff:10.0.0.7", 6],
    ["fe80::1%eth0", 6],
    ["fd00:ec2::254", 6],
    ["64:ff9b::a00:7", 6],
  ])("of a public name that resolves to %s is refused", async (address, family) => {
    const { origin, requests } = await serve((_, response) => response.end("inner"));
    const { port } = new URL(origin);
    const names: string[] = [];
    const lookup: LookupFunction = (name, options, callback) => {
      names.push(name);
      if (options.all)
        callback(null, [
          { address: "8.8.8.8", family: 4 },
          { address, family },
        ]);
      else callback(null, address, family);
    };
    const download = createPublicDownload({ trustedOrigins: new Set(), lookup });
    const failure = await failureOf(download(`https://media.example.com:${port}/`, LIMITS));
    expect(failure).toBeInstanceOf(DownloadRefused);
    expect(failure.message).not.toContain("example");
    // Asked once: what is looked at is what would be connected to.
    expect(names).toEqual(["media.example.com"]);
    expect(requests).toEqual([]);
  });

  it("may be tried again when a name does not resolve", async () => {
    const lookup: LookupFunction = (_, __, callback) =>
      callback(Object.assign(new Error("getaddrinfo secret"), { code: "ENOTFOUND" }), "", 4);
    const download = createPublicDownload({ trustedOrigins: new Set(), lookup });
    const failure = await failureOf(download("https://media.example.com/", LIMITS));
    expect(failure).toEqual(new RetryableFailure("A download failed (ENOTFOUND)."));
  });

  it("trusts an origin, not the rest of its host", async () => {
    const { origin, port } = await serve((_, response) => response.end("there"));
    const download = downloadFrom(origin);
    for (const address of [`http://127.0.0.1:${port + 1}/`, `http://localhost:${port}/`]) {
      expect(await failureOf(download(address, LIMITS))).toBeInstanceOf(DownloadRefused);
    }
    const withCredentials = `http://user:pass@127.0.0.1:${port}/`;
    expect(await failureOf(download(withCredentials, LIMITS))).toBeInstanceOf(DownloadRefused);
  });

  it.each([
    [400, DownloadGone],
    [403, DownloadGone],
    [404, DownloadGone],
    [410, DownloadGone],
    [204, DownloadGone],
    [206, DownloadGone],
    [300, DownloadGone],
    [304, DownloadGone],
    [408, RetryableFailure],
    [429, RetryableFailure],
    [500, RetryableFailure],
    [503, RetryableFailure],
  ])("answered %i throws %p", async (status, kind) => {
    const { origin } = await serve((_, response) => response.writeHead(status).end());
    const failure = await failureOf(downloadFrom(origin)(`${origin}/secret`, LIMITS));
    expect(failure).toBeInstanceOf(kind);
    if (failure instanceof DownloadGone) expect(failure.status).toBe(status);
    expect(errorFields(failure)).toEqual({
      errorName: kind.name,
      errorMessage: expect.stringContaining(String(status)),
    });
  });

  it("is refused when its bytes are compressed", async () => {
    const { origin } = await serve((_, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end("x");
    });
    const failure = await failureOf(downloadFrom(origin)(origin, LIMITS));
    expect(failure).toBeInstanceOf(DownloadRefused);
  });

  it("that says it is too large is not begun", async () => {
    const { origin } = await serve((_, response) => {
      response.writeHead(200, { "content-length": 1_001 });
      response.write("x");
    });
    expect(await failureOf(downloadFrom(origin)(origin, LIMITS))).toBeInstanceOf(DownloadTooLarge);
  });

  it("that turns out too large fails while it is read, and its connection ends", async () => {
    let closed = () => {};
    const closing = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { origin } = await serve((_, response) => {
      response.on("close", closed);
      const more = () => {
        while (response.write(Buffer.alloc(400)));
        response.once("drain", more);
      };
      more();
    });
    const { body } = await downloadFrom(origin)(origin, LIMITS);
    expect(await failureOf(buffer(body))).toBeInstanceOf(DownloadTooLarge);
    await closing;
  });

  it("of exactly the limit passes", async () => {
    const { origin } = await serve((_, response) => response.end(Buffer.alloc(1_000)));
    const { body } = await downloadFrom(origin)(origin, LIMITS);
    expect(await buffer(body)).toHaveLength(1_000);
  });

  it.each([
    ["with a length", { "content-length": 100 }],
    ["in chunks", {}],
  ])("that breaks off (%s) fails", async (_, headers) => {
    const { origin } = await serve((request, response) => {
      response.writeHead(200, headers);
      response.write("half", () => setTimeout(() => request.socket.destroy(), 20));
    });
    const { body } = await downloadFrom(origin)(origin, LIMITS);
    expect(await failureOf(buffer(body))).toBeInstanceOf(RetryableFailure);
  });

  it("that breaks off before anybody reads fails when it is read", async () => {
    const { origin } = await serve((request, response) => {
      response.writeHead(200, { "content-length": 100 });
      response.write("half", () => request.socket.destroy());
    });
    const { body } = await downloadFrom(origin)(origin, LIMITS);
    await sleep(50);
    expect(await failureOf(buffer(body))).toBeInstanceOf(RetryableFailure);
  });

  it.each([
    ["never answers", "RetryableFailure", () => {}],
    ["stalls in its body", "DownloadTooSlow", (response: ServerResponse) => response.write("x")],
    [
      "trickles",
      "DownloadTooSlow",
      (response: ServerResponse) => {
        const timer = setInterval(() => response.write("x"), 20);
        response.on("close", () => clearInterval(timer));
      },
    ],
    [
      "redirects slowly for ever",
      "RetryableFailure",
      (response: ServerResponse) =>
        setTimeout(() => response.writeHead(302, { location: "/" }).end(), 60),
    ],
  ])("from a server that %s ends with the time, as %s", async (_, name, answer) => {
    const { origin } = await serve((_request, response) => void answer(response));
    const started = performance.now();
    const failure = await failureOf(
      downloadFrom(origin)(origin, { ...LIMITS, timeoutMs: 150 }).then(({ body }) => buffer(body)),
    );
    expect(failure).toBeInstanceOf(RetryableFailure);
    expect(failure.name).toBe(name);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it.each([
    ["unread", false],
    ["half read", true],
  ])("that is left %s ends its connection at once", async (_, isRead) => {
    let closed = () => {};
    const closing = new Promise<void>((resolve) => {
      closed = resolve;
    });
    const { origin } = await serve((_request, response) => {
      response.on("close", closed);
      response.write("x");
    });
    const { body } = await downloadFrom(origin)(origin, { ...LIMITS, timeoutMs: 60_000 });
    if (isRead) {
      for await (const _chunk of body) break;
    } else {
      body.destroy();
    }
    await closing;
  });

  it("to a closed port may be tried again", async () => {
    const { origin } = await serve(() => {});
    await servers.pop()?.close();
    const failure = await failureOf(downloadFrom(origin)(origin, LIMITS));
    expect(failure).toEqual(new RetryableFailure("A download failed (ECONNREFUSED)."));
  });
});
