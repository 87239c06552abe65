import * as z from "zod/mini";

const text = z.string().check(z.trim(), z.minLength(1));

/**
 * What the secret `<market>/<brand>/line` holds. Without a (long-lived) channelAccessToken the
 * bridge issues stateless ones from id and secret.
 */
export const channelSecretSchema = z.object({
  // Consoles and scripts store the id as a number, too.
  channelId: z.union([
    text,
    z.pipe(
      z.int().check(z.positive()),
      z.transform((id: number) => String(id)),
    ),
  ]),
  channelSecret: text,
  // Left blank it counts as absent; anything but printable ASCII would break the request's header.
  channelAccessToken: z.optional(
    z.pipe(
      z
        .string()
        .check(z.trim(), z.regex(/^[!-~]*$/, { error: "must be printable ASCII without blanks" })),
      z.transform((token) => (token === "" ? undefined : token)),
    ),
  ),
});

export type ChannelSecret = z.infer<typeof channelSecretSchema>;
