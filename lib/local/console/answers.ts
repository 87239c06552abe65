import type { IncomingMessage, ServerResponse } from "node:http";
import * as z from "zod";
import { readBody } from "../http-server.ts";

/** A file of 30 MB in base64: more than Genesys accepts from an agent, so that a refusal can be tried. */
const MAX_BODY_BYTES = 41_000_000;

/** Answers a POST of JSON with what `act` makes of it; 400 where it throws, 413 for a body over 41 MB. */
export async function post<Input>(
  request: IncomingMessage,
  response: ServerResponse,
  schema: z.ZodType<Input>,
  act: (input: Input) => Promise<unknown>,
): Promise<void> {
  // A form of another site cannot send this content type: the browser would ask the console first.
  if (!JSON_TYPE.test(request.headers["content-type"] ?? "")) {
    return json(response, 415, { message: "send content-type application/json" });
  }
  try {
    const body = await readBody(request, MAX_BODY_BYTES);
    if (body === undefined) return json(response, 413, { message: "files of up to 30 MB" });
    json(response, 200, await act(schema.parse(JSON.parse(String(body)))));
  } catch (error) {
    json(response, 400, { message: messageOf(error) });
  }
}

/** With a parameter it is still a type that no form can send. */
const JSON_TYPE = /^application\/json *(?:;|$)/i;

/** What a person reads of an error. */
function messageOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}

/** Answers with a JSON document. */
export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  response.end(JSON.stringify(body));
}
