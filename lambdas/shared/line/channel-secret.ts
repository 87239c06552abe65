import * as z from "zod";

const text = z.string().trim().min(1);

/**
 * What the secret `<market>/<brand>/line` holds. Without a (long-lived) channelAccessToken the
 * bridge issues stateless ones from id and secret.
 */
export const channelSecretSchema = z.object({
  // Consoles and scripts store the id as a number, too.
  channelId: z.union([text, z.int().positive().transform(String)]),
  channelSecret: text,
  // Left blank it counts as absent; anything but printable ASCII would break the request's header.
  channelAccessToken: z
    .string()
    .trim()
    .regex(/^[!-~]*$/, { error: "must be printable ASCII without blanks" })
    .transform((token) => (token === "" ? undefined : token))
    .optional(),
});

export type ChannelSecret = z.infer<typeof channelSecretSchema>;
