import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { PICTURE as PNG } from "../chaos/picture.ts";
import { type Bridge, METADATA, NOW } from "./bridge.ts";
import samples from "./hosted-media.json" with { type: "json" };
import type { Answer, Request } from "./stand-ins.ts";

// A key must be the same at every try, and found again by the version that deletes. Links with it
// stand in chats for as long as the media is kept.

const USER = "U0123456789abcdef0123456789abcdef";
const PDF = Buffer.from("%PDF-1.7\n%%EOF");

export function hostedMediaTests(running: () => Bridge): void {
  let bridge: Bridge;
  beforeAll(() => {
    bridge = running();
  });
  afterEach(() => bridge.forget());

  interface StoredObject {
    key: string;
    type: string;
    metadata: object;
  }

  const objectOf = ({ key, type, metadata }: StoredObject) => ({ key, type, metadata });

  /** Answers as a bucket does that holds this object. */
  function bucketWith({ key, type, metadata }: StoredObject) {
    const url = (path: string) => new URL(path, "http://s3");
    return ({ method, path }: Request): Answer | undefined => {
      const prefix = url(path).searchParams.get("prefix");
      if (prefix !== null) {
        const contents = key.startsWith(prefix) ? `<Contents><Key>${key}</Key></Contents>` : "";
        const body = `<ListBucketResult>${contents}</ListBucketResult>`;
        return { headers: { "content-type": "text/xml" }, body };
      }
      if (method !== "HEAD" || url(path).pathname !== `/media/${key}`) return undefined;
      const details = Object.entries(metadata).map(([name, value]) => [METADATA + name, value]);
      return {
        headers: { "content-type": type, "content-length": "14", ...Object.fromEntries(details) },
        body: "",
      };
    };
  }

  describe("a file of a customer", () => {
    const { messageId, fileName, object } = samples.fromLine;

    function receive(receives: number): Promise<boolean> {
      const event = {
        type: "message",
        timestamp: NOW - 1_000,
        webhookEventId: `event-${receives}`,
        source: { type: "user", userId: USER },
        message: { type: "file", id: messageId, fileName, fileSize: PDF.length },
      };
      return bridge.consume("worker", {
        groupId: `retail-thai#${USER}`,
        deduplicationId: event.webhookEventId,
        body: JSON.stringify({ kind: "line-event", brand: "retail-thai", event }),
        receives,
      });
    }

    it("is stored so", async () => {
      bridge.standIns.own.answer = ({ path }) =>
        path.endsWith("/content") ? { body: PDF } : undefined;
      expect(await receive(1)).toBe(true);
      expect(bridge.stored()).toEqual([object]);
      expect(JSON.stringify(bridge.posts())).toContain(`"https://media.example/${object.key}"`);
    });

    it("is found so at the next try", async () => {
      bridge.standIns.own.answer = bucketWith(object);
      expect(await receive(2)).toBe(true);
      expect(bridge.stored()).toEqual([]);
      expect(bridge.posts()).toMatchObject([
        {
          body: {
            content: [
              {
                attachment: {
                  url: `https://media.example/${object.key}`,
                  mime: object.type,
                  filename: fileName,
                },
              },
            ],
          },
        },
      ]);
    });

    it("is deleted so when the customer takes the message back", async () => {
      bridge.standIns.own.answer = bucketWith(object);
      const event = {
        type: "unsend",
        timestamp: NOW - 1_000,
        webhookEventId: "unsend",
        source: { type: "user", userId: USER },
        unsend: { messageId },
      };
      await bridge.consume("worker", {
        groupId: `retail-thai#${USER}`,
        deduplicationId: "unsend",
        body: JSON.stringify({ kind: "line-event", brand: "retail-thai", event }),
      });
      const deletions = bridge.standIns.calls.filter(
        ({ method, path }) => method === "POST" && path.includes("?delete"),
      );
      expect(deletions).toHaveLength(1);
      expect(deletions[0]?.body).toContain(`<Key>${object.key}</Key>`);
    });
  });

  describe("an attachment of an agent", () => {
    const { messageId, stored, found, picture, image } = samples.fromGenesys;

    function send(content: object, receives = 1): Promise<boolean> {
      const message = {
        id: messageId,
        channel: { to: { id: USER } },
        type: "Structured",
        content: [content],
      };
      return bridge.consume("sender", {
        groupId: `retail-thai#${USER}`,
        deduplicationId: messageId,
        body: JSON.stringify({ kind: "message", brand: "retail-thai", message }),
        receives,
      });
    }

    const download = () => `${bridge.standIns.origin}/api/v2/downloads/d1`;
    const attachment = (filename: string) => ({
      contentType: "Attachment",
      attachment: { mediaType: "File", url: download(), mime: "binary/octet-stream", filename },
    });

    it.each(stored)("is stored so: $what", async ({ fileName, sample, ...object }) => {
      const bytes = sample === null ? PDF : await media(sample);
      bridge.standIns.own.answer = ({ path }) =>
        path.includes("/downloads/") ? { body: bytes } : undefined;
      expect(await send(attachment(fileName))).toBe(true);
      expect(bridge.stored()).toEqual([objectOf(object)]);
    });

    const media = (name: string) =>
      readFile(
        fileURLToPath(new URL(`../lambdas/outbound/media/samples/${name}`, import.meta.url)),
      );

    it.each(found)("is found so at the next try: $what", async ({ shows, ...object }) => {
      bridge.standIns.own.answer = bucketWith(object);
      expect(await send(attachment("a name"))).toBe(true);
      expect(bridge.stored()).toEqual([]);
      expect(bridge.pushes()).toMatchObject([{ messages: [shows] }]);
    });

    describe("that is an image", () => {
      const { attached, order, hosted, fileName } = image;

      it("is put down and ordered so", async () => {
        bridge.standIns.own.answer = ({ path }) =>
          path.includes("/downloads/") ? { body: PNG } : undefined;
        expect(await send(attachment(fileName))).toBe(false);
        expect(bridge.stored()).toEqual([attached]);
        expect(bridge.ordered()).toEqual([order]);
        expect(bridge.visibilities()).toEqual([1]);
      });

      it("is waited for by a sender that finds it put down so", async () => {
        bridge.standIns.own.answer = bucketWith(attached);
        expect(await send(attachment(fileName), 2)).toBe(false);
        expect(bridge.ordered()).toEqual([]);
        expect(bridge.stored()).toEqual([]);
        expect(bridge.visibilities()).toEqual([1]);
      });

      it("is converted where an order says so, also one of another version that says more", async () => {
        const find = bucketWith(attached);
        bridge.standIns.own.answer = (request) => {
          const { headers } = find({ ...request, method: "HEAD" }) ?? {};
          const isRead = request.method === "GET" && headers?.["content-type"] === attached.type;
          if (isRead) {
            const length = { "content-length": String(PNG.length) };
            return { headers: { ...headers, ...length }, body: PNG };
          }
          return find(request);
        };
        await bridge.order({ ...order, added: "by another version" });
        expect(bridge.stored()).toEqual([hosted]);
        const deleted = bridge.standIns.calls.find(({ path }) => path.includes("?delete"));
        expect(deleted?.body).toContain(`<Key>${attached.key}</Key>`);
      });
    });

    it("that is the picture of a card is found so at the next try", async () => {
      bridge.standIns.own.answer = bucketWith(picture);
      await send({
        contentType: "Card",
        card: {
          title: "A card",
          image: download(),
          actions: [{ type: "Postback", text: "Yes", payload: "y" }],
        },
      });
      expect(bridge.stored()).toEqual([]);
      expect(JSON.stringify(bridge.pushes())).toContain(`"https://media.example/${picture.key}"`);
    });
  });
}
