import * as z from "zod";
import * as tolerant from "./tolerant.ts";

const anyContent = z.object({ contentType: tolerant.text }).catch({ contentType: "" });

/** The `contentType` of an entry of a Genesys message's content; empty if it has none. */
export function contentTypeOf(content: unknown): string {
  return anyContent.parse(content).contentType;
}
