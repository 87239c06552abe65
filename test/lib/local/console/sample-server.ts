import { createServer, type Server } from "node:http";
import { SAMPLES } from "../../../../lib/local/demo/samples.ts";

/** Serves the demo's files by their names; an imagemap's address leads to one of them, too. */
export async function startSampleServer(): Promise<Server & { origin: string }> {
  const server = createServer((request, response) => {
    const name = request.url?.slice(1);
    const sample = Object.values(SAMPLES).find((one) => one.name === name) ?? SAMPLES.shelf;
    response.writeHead(200, { "content-type": sample.contentType });
    response.end(sample.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not a TCP server");
  return Object.assign(server, { origin: `http://127.0.0.1:${address.port}` });
}
