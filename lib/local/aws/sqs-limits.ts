import * as z from "zod";

/**
 * Rules of SQS that fauxqs does not check. A message that breaks one would work here and be
 * refused by AWS:
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
 */

const MAX_ATTRIBUTES = 10;

/** Letters, digits and the punctuation of ASCII, 1 to 128 of them. */
const fifoId = /^[!-~]{1,128}$/;

export const messageSchema = z.looseObject({
  MessageGroupId: z.string().optional(),
  MessageDeduplicationId: z.string().optional(),
  MessageAttributes: z
    .record(z.string(), z.looseObject({ StringValue: z.string().optional() }))
    .optional(),
});

/** Says why SQS would refuse the message; undefined if it would accept it. */
export function messageFault(message: z.infer<typeof messageSchema>): string | undefined {
  for (const name of ["MessageGroupId", "MessageDeduplicationId"] as const) {
    const value = message[name];
    if (value !== undefined && !fifoId.test(value)) {
      return `Value ${value} for parameter ${name} is invalid. Reason: ${name} can only include alphanumeric and punctuation characters. 1 to 128 in length.`;
    }
  }
  const attributes = Object.entries(message.MessageAttributes ?? {});
  if (attributes.length > MAX_ATTRIBUTES) {
    return `Number of message attributes [${attributes.length}] exceeds the allowed maximum [${MAX_ATTRIBUTES}].`;
  }
  for (const [name, { StringValue }] of attributes) {
    if (!/^[\w.-]{1,256}$/.test(name)) {
      return `The message attribute name '${name}' is invalid. Attribute name can contain A-Z, a-z, 0-9, underscore (_), hyphen (-), and period (.) characters.`;
    }
    if (StringValue === "") {
      return `The message attribute '${name}' must contain non-empty message attribute value for message attribute type 'String'.`;
    }
  }
  return undefined;
}
