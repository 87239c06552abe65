import * as z from "zod";
import type { AgentFile } from "../simulators/genesys/downloads.ts";
import type { GenesysCloud } from "../simulators/genesys/genesys-cloud.ts";
import { base64Bytes } from "./customer-act.ts";
import { MEDIA_TYPE } from "./media-type.ts";

const file = z.object({
  filename: z.string().min(1),
  mime: z.string().regex(MEDIA_TYPE),
  base64: base64Bytes,
});

const anyMessage = z.looseObject({
  type: z.string(),
  text: z.string().exactOptional(),
  id: z.string().exactOptional(),
});

const to = { brand: z.string(), to: z.string() };

/** What an agent or a bot can send: body of POST /api/genesys. */
export const agentAct = z.union([
  /** Anything that the outbound webhook can carry, for example a structured message or typing. */
  z.object({ ...to, message: anyMessage }),
  /** A text, files or both. */
  z
    .object({ ...to, text: z.string().min(1).optional(), files: z.array(file).optional() })
    .refine(({ text, files = [] }) => text !== undefined || files.length > 0),
]);
export type AgentAct = z.output<typeof agentAct>;

/** Resolves with the webhook's outcome. */
export async function actAsAgent(genesys: GenesysCloud | undefined, act: AgentAct) {
  if (genesys === undefined)
    throw new Error("This run does not simulate Genesys Cloud: a flag names another server.");
  if ("message" in act) return genesys.reply(act.brand, act.to, act.message);
  const { text, files = [] } = act;
  const attachments = files.map(
    ({ filename, mime, base64 }): AgentFile => ({
      bytes: base64,
      filename,
      mime,
      mediaType: mediaTypeOf(mime),
    }),
  );
  return genesys.reply(act.brand, act.to, {
    type: "Text",
    ...(text !== undefined && { text }),
    attachments,
  });
}

function mediaTypeOf(mime: string): AgentFile["mediaType"] {
  if (mime.startsWith("image/")) return "Image";
  if (mime.startsWith("video/")) return "Video";
  if (mime.startsWith("audio/")) return "Audio";
  return "File";
}
