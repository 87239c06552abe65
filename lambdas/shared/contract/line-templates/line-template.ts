import * as z from "zod";

/**
 * How many messages one request to LINE may hold.
 * https://developers.line.biz/en/reference/messaging-api/#send-push-message
 */
export const MAX_TEMPLATE_MESSAGES = 5;

/**
 * A brand's template: LINE's own message objects, in whose texts and addresses places such as `{{name}}` stand for
 * values.
 */
export const lineTemplateSchema = z.object({
  messages: z
    .array(z.looseObject({ type: z.string() }))
    .min(1)
    .max(MAX_TEMPLATE_MESSAGES),
});

export type LineTemplate = z.infer<typeof lineTemplateSchema>;
