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
  channelAccessToken: text.optional(),
});

export type ChannelSecret = z.infer<typeof channelSecretSchema>;
