import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { mediaFaults } from "../../../../lib/local/demo/media-faults.ts";
import { SAMPLES } from "../../../../lib/local/demo/samples.ts";

let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer(({ url }, response) => {
    if (url === "/gone") return response.writeHead(404).end();
    return response.end(url === "/photo" ? SAMPLES.photo.bytes : SAMPLES.shelf.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

it.each<[string, string[], string[]]>([
  ["the sample", ["/photo"], []],
  ["the sample and a preview", ["/photo", "/preview"], []],
  ["other bytes", ["/preview"], ["no URL serves the bytes of photo.jpg"]],
  ["the sample, but no preview", ["/photo", "/gone"], ["a URL answers 404"]],
  ["nothing", [], ["no URL serves the bytes of photo.jpg"]],
])("%s", async (_, paths, faults) => {
  const urls = paths.map((path) => `${base}${path}`);
  expect(await mediaFaults(urls, SAMPLES.photo)).toEqual(faults);
});

it("nobody who answers", async () => {
  const faults = await mediaFaults(["http://127.0.0.1:1/"], SAMPLES.photo);
  expect(faults).toEqual(["a URL answers 0", "no URL serves the bytes of photo.jpg"]);
});
