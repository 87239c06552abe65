import * as z from "zod";
import { PERMISSIONS } from "./permissions.ts";
import type { ProfileKind } from "./profiles.ts";

const mediaTypes = z.array(z.object({ type: z.string().nullish() })).nullish();

const schema = z.object({
  id: z.string(),
  name: z.string().default(""),
  mediaTypes: z
    .object({ allow: z.object({ inbound: mediaTypes, outbound: mediaTypes }).nullish() })
    .nullish(),
});

type SupportedContent = z.output<typeof schema>;

/** What customers send in LINE: any file, besides images, video and audio. */
const FROM_CUSTOMERS = [
  "image/jpeg",
  "image/png",
  "video/mp4",
  "audio/mp4",
  "audio/x-m4a",
  "application/pdf",
  "application/octet-stream",
];

/** What agents send mostly. LINE shows images, video and audio itself, and any other file as a card. */
const FROM_AGENTS = [
  "image/jpeg",
  "image/png",
  "image/gif",
  "video/mp4",
  "audio/mpeg",
  "audio/mp4",
  "application/pdf",
];

/**
 * Supported content profiles: an inbound file that the integration's one does not allow is dropped, an outbound
 * message with one is not sent. https://help.mypurecloud.com/articles/supported-content-profiles/
 */
export const SUPPORTED_CONTENT: ProfileKind<SupportedContent> = {
  noun: "supported content profile",
  path: "/api/v2/conversations/messaging/supportedcontent",
  schema,
  permissions: PERMISSIONS.supportedContent,
  of: ({ supportedContent }) => supportedContent,
  attach: (id) => ({ supportedContent: { id } }),
  own: () => ({
    mediaTypes: { allow: { inbound: [{ type: "*/*" }], outbound: [{ type: "*/*" }] } },
  }),
  faults: (profile) =>
    inWords("drops what customers send as", blocked(profile, "inbound", FROM_CUSTOMERS)),
  choices: (profile) =>
    inWords("does not let agents send", blocked(profile, "outbound", FROM_AGENTS)),
};

/** A type may be `image/*` or `*\/*`. */
function blocked(
  { mediaTypes }: SupportedContent,
  direction: "inbound" | "outbound",
  carried: readonly string[],
): string[] {
  const allowed = (mediaTypes?.allow?.[direction] ?? []).map(({ type }) =>
    (type ?? "").trim().toLowerCase(),
  );
  return carried.filter((type) => {
    const [kind] = type.split("/");
    return ![type, `${kind}/*`, "*/*"].some((one) => allowed.includes(one));
  });
}

function inWords(what: string, types: readonly string[]): string[] {
  return types.length === 0 ? [] : [`${what} ${types.join(", ")}`];
}
