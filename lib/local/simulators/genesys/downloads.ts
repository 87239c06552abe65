import { createHmac, randomBytes } from "node:crypto";
import type { SimulatorRequest } from "../simulator-server.ts";
import { badRequest, GenesysRefusal, notFound } from "./refusal.ts";

/** Genesys Cloud, Work with supported content profiles: 25 MB in each direction. */
export const GENESYS_ATTACHMENT_LIMIT_BYTES = 25_000_000;

/** A file that an agent attaches to a message. */
export interface AgentFile {
  bytes: Buffer;
  filename: string;
  mime: string;
  mediaType: "Image" | "Video" | "Audio" | "File";
}

/** Agents' files. Anyone who knows the id may fetch one, through a link that lives for minutes. */
export interface GenesysDownloads {
  /** Keeps the file and returns the content item that names it. Throws when it is too large. */
  host(origin: string, brandKey: string, file: AgentFile): object;
  /** A hosted file, by its id. */
  file(id: string): AgentFile | undefined;
  /** Undefined for paths that are no downloads. @throws {GenesysRefusal} 403, 404, 405 */
  answer(request: SimulatorRequest): DownloadAnswer | undefined;
}

type DownloadAnswer = {
  status: number;
  headers: Record<string, string>;
  /** For people who watch the local run. */
  what: string;
  text: string;
  brandKey: string;
} & ({ body: object } | { bytes: Buffer });

const PATH = /^\/(api\/v2\/downloads|signed)\/([^/]+)$/;

/**
 * Genesys Cloud Platform API, Downloads: GET /api/v2/downloads/{downloadId} redirects to a signed
 * link, which does not show the file's type.
 */
export function createGenesysDownloads(options: {
  signedSeconds: number;
  now: () => number;
}): GenesysDownloads {
  const files = new Map<string, AgentFile & { brandKey: string }>();
  const key = randomBytes(32);
  const sign = (id: string, expires: string) =>
    createHmac("sha256", key).update(`${id} ${expires}`).digest("base64url");

  const checkSigned = (id: string, query: URLSearchParams) => {
    const expires = query.get("expires") ?? "";
    if (query.get("signature") !== sign(id, expires)) {
      throw new GenesysRefusal(403, "access.denied", "The signature does not match.");
    }
    if (options.now() >= Number(expires) * 1000) {
      throw new GenesysRefusal(403, "access.denied", "Request has expired.");
    }
  };

  return {
    host(origin, brandKey, file) {
      const { bytes, filename, mime, mediaType } = file;
      if (bytes.length > GENESYS_ATTACHMENT_LIMIT_BYTES) {
        throw new Error(`Genesys Cloud takes attachments of up to 25 MB, not ${filename}`);
      }
      const id = crypto.randomUUID();
      files.set(id, { ...file, brandKey });
      const url = `${origin}/api/v2/downloads/${id}`;
      const attachment = { id, mediaType, url, mime, filename, contentSizeBytes: bytes.length };
      return { contentType: "Attachment", attachment };
    },
    file: (id) => files.get(id),
    answer({ method, path, query, headers }) {
      const [, kind, id = ""] = PATH.exec(path) ?? [];
      if (kind === undefined) {
        return undefined;
      }
      if (method !== "GET") {
        throw new GenesysRefusal(405, "method.not.allowed", "HTTP 405 Method Not Allowed");
      }
      const file = files.get(id);
      if (file === undefined) {
        throw notFound();
      }
      const { brandKey, filename, bytes } = file;
      const shown = { what: "download", text: filename, brandKey };
      if (kind === "signed") {
        checkSigned(id, query);
        const type = { "content-type": "binary/octet-stream" };
        return { status: 200, headers: type, bytes, ...shown };
      }
      if (headers.host === undefined) {
        throw badRequest();
      }
      const expires = String(Math.floor(options.now() / 1000) + options.signedSeconds);
      const signed = new URL(`/signed/${id}`, `http://${headers.host}`);
      signed.search = String(new URLSearchParams({ expires, signature: sign(id, expires) }));
      return { status: 302, headers: { location: signed.href }, body: {}, ...shown };
    },
  };
}
