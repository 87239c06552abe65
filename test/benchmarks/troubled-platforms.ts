import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** What a platform does with a request of one brand; undefined answers it as usual. */
export type Trouble = "hangs" | "refuses with 503" | "trickles" | undefined;

/** Where a brand can be in trouble. */
export type Host = "genesysApi" | "genesysLogin" | "lineApi" | "lineContent";

/** Servers in the place of LINE and Genesys Cloud: they answer what the bridge asks, and are in trouble as they are told. */
export interface TroubledPlatforms {
  origin: string;
  /** By brand key. */
  troubles: Map<string, Partial<Record<Host, Trouble>>>;
  /** When each message arrived, in ms, by its text. */
  arrived: Map<string, number>;
  /** Requests that reached a host of a brand, by `<brand> <host>`. */
  requests: Map<string, number>;
  close(): Promise<void>;
}

/** Tells the brand of a credential that a request carries. */
type BrandOf = (credential: string) => string;

/** `brandOf`: of a channel id, an OAuth client id or an integration id. */
export async function startTroubledPlatforms(brandOf: BrandOf): Promise<TroubledPlatforms> {
  const troubles: TroubledPlatforms["troubles"] = new Map();
  const arrived = new Map<string, number>();
  const requests = new Map<string, number>();

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const { url = "" } = request;
    const bearer = request.headers.authorization?.replace("Bearer token-of-", "") ?? "";
    const [brand, host, answer] = read(url, body, bearer, request.headers.authorization ?? "");
    const name = `${brand} ${host}`;
    requests.set(name, (requests.get(name) ?? 0) + 1);
    switch (troubles.get(brand)?.[host]) {
      case "hangs":
        return;
      case "refuses with 503":
        response.writeHead(503).end("{}");
        return;
      case "trickles":
        trickle(response);
        return;
      default:
        if (host === "genesysApi" || url.endsWith("/push")) note(body);
        response.writeHead(200, { "content-type": "application/json" }).end(answer);
    }
  }

  function read(
    url: string,
    body: string,
    bearer: string,
    authorization: string,
  ): [brand: string, host: Host, answer: string] {
    if (url === "/oauth/token") {
      const basic = Buffer.from(authorization.replace("Basic ", ""), "base64").toString();
      const client = basic.split(":")[0] ?? "";
      return [brandOf(client), "genesysLogin", token(client)];
    }
    if (url.startsWith("/oauth2/")) {
      const channel = new URLSearchParams(body).get("client_id") ?? "";
      return [brandOf(channel), "lineApi", token(channel)];
    }
    if (url.startsWith("/api/v2/")) {
      const integration = decodeURIComponent(url.split("/")[5] ?? "");
      return [brandOf(integration), "genesysApi", JSON.stringify({ id: "accepted" })];
    }
    if (url.includes("/content")) return [brandOf(bearer), "lineContent", "an image"];
    const profile = JSON.stringify({ displayName: "Somebody" });
    return [brandOf(bearer), "lineApi", url.includes("/profile/") ? profile : "{}"];
  }

  /** Each message has its own text, `#<brand>-<number>`. */
  function note(body: string): void {
    const [mark] = /#[a-z]+-\d+/.exec(body) ?? [];
    if (mark !== undefined && !arrived.has(mark)) arrived.set(mark, Date.now());
  }

  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    origin: `http://127.0.0.1:${port}`,
    troubles,
    arrived,
    requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function token(owner: string): string {
  return JSON.stringify({
    access_token: `token-of-${owner}`,
    token_type: "Bearer",
    expires_in: 3_600,
  });
}

/** A byte a second, until the other side has had enough. */
function trickle(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "image/jpeg" });
  const timer = setInterval(() => response.write("x"), 1_000);
  response.on("close", () => clearInterval(timer));
}
