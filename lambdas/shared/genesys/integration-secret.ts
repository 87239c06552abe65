import * as z from "zod/mini";

const text = z.string().check(z.trim(), z.minLength(1));

/** What the secret `<market>/<brand>/genesys` holds: the runtime OAuth client and the open integration. */
export const integrationSecretSchema = z.object({
  clientId: text,
  clientSecret: text,
  integrationId: text,
  webhookSecret: text,
});

export type IntegrationSecret = z.infer<typeof integrationSecretSchema>;
