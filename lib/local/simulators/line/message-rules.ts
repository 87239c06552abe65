import * as z from "zod";
import { commonProperties } from "./common-properties.ts";
import { mediaUrl, units } from "./fields.ts";
import { flexRules } from "./flex-rules.ts";
import { imagemapMessage } from "./imagemap-rules.ts";
import {
  bodyWording,
  type ErrorDetail,
  LineRefusal,
  propertyName,
  refuseBody,
  templateWording,
  WRONG_TYPE,
} from "./refusal.ts";
import { isSendableSticker } from "./sticker-packages.ts";
import { templateRules } from "./template-rules.ts";
import { faultySubstitutions, misplacedEmojis, textMessage, textV2Message } from "./text-rules.ts";

/**
 * Checks message objects as LINE does (Messaging API reference, Message objects): first the form of the
 * whole body, then the content of one message after the other. The check ends at the first message with
 * a fault in its content. `to` is unknown where messages are only validated.
 * @throws {LineRefusal} 400
 */
export type CheckMessages = (messages: unknown[], to?: string) => void;

interface Rule {
  form(message: unknown, path: PropertyKey[]): ErrorDetail[];
  /** Only for a message with a valid form. */
  content(message: unknown, to: string | undefined): ErrorDetail[];
}

/** @param exempt origins that may serve media although they are not https; read at every check */
export function createMessageRules(exempt: ReadonlySet<string>): CheckMessages {
  const rules = messageRules(exempt);
  const known = `Must be one of the following values: [${Object.keys(rules).join(", ")}]`;
  const typed = z.looseObject({ type: z.string() });

  return (messages, to) => {
    const details: ErrorDetail[] = [];
    const wellFormed: { rule: Rule; message: unknown }[] = [];
    for (const [index, message] of messages.entries()) {
      const type = typed.safeParse(message).data?.type ?? "";
      const rule = Object.hasOwn(rules, type) ? rules[type] : undefined;
      if (rule === undefined) {
        const isObject = typeof message === "object" && message !== null;
        details.push({
          message: isObject ? known : WRONG_TYPE,
          property: isObject ? `messages[${index}].type` : `messages[${index}]`,
        });
      } else {
        details.push(...rule.form(message, ["messages", index]));
        wellFormed.push({ rule, message });
      }
    }
    if (details.length > 0) {
      throw refuseBody(details);
    }
    for (const [index, { rule, message }] of wellFormed.entries()) {
      const faults = rule.content(message, to);
      if (faults.length > 0) {
        throw new LineRefusal(
          400,
          `A message (messages[${index}]) in the request body is invalid`,
          faults,
        );
      }
    }
  };
}

function messageRules(exempt: ReadonlySet<string>): Record<string, Rule> {
  const url = mediaUrl(exempt);
  const template = templateRules(url);
  const flex = flexRules(url);
  const altText = units(1500);
  const common = commonProperties(url);
  const message = <Shape extends z.core.$ZodShape>(shape: Shape) =>
    z.object({ ...common, ...shape });
  const place = units(100);

  return {
    text: createRule(message(textMessage), misplacedEmojis),
    textV2: createRule(message(textV2Message), faultySubstitutions),
    sticker: createRule(
      message({ packageId: z.string().min(1), stickerId: z.string().min(1) }),
      ({ packageId, stickerId }) =>
        isSendableSticker(packageId, stickerId)
          ? []
          : [{ message: "this sticker cannot be sent", property: "stickerId" }],
    ),
    image: createRule(message({ originalContentUrl: url, previewImageUrl: url })),
    video: createRule(
      message({
        originalContentUrl: url,
        previewImageUrl: url,
        trackingId: units(100).optional(),
      }),
      ({ trackingId }, to = "U") =>
        trackingId === undefined || to.startsWith("U")
          ? []
          : [{ message: "a group or room has no tracking", property: "trackingId" }],
    ),
    audio: createRule(
      message({
        originalContentUrl: url,
        duration: z.int().refine((duration) => duration > 0, { error: "Must be a positive value" }),
      }),
    ),
    location: createRule(
      message({
        title: place,
        address: place,
        latitude: z.number().min(-90).max(90),
        longitude: z.number().min(-180).max(180),
      }),
    ),
    imagemap: createRule(message(imagemapMessage(url))),
    template: createRule(message({ altText, template: z.looseObject({}) }), (parsed) =>
      faults(template, parsed.template, (path) => ["template", ...path].join("/")),
    ),
    flex: createRule(message({ altText, contents: z.looseObject({}) }), (parsed) =>
      faults(flex, parsed.contents, (path) => `/${path.join("/")}`),
    ),
  };
}

function createRule<Message>(
  schema: z.ZodType<Message>,
  content: (message: Message, to: string | undefined) => ErrorDetail[] = () => [],
): Rule {
  return {
    form: (message, path) =>
      (schema.safeParse(message, { error: bodyWording }).error?.issues ?? []).map((issue) => ({
        message: issue.message,
        property: propertyName([...path, ...issue.path]),
      })),
    content: (message, to) => content(schema.parse(message), to),
  };
}

function faults(
  schema: z.ZodType,
  value: unknown,
  name: (path: PropertyKey[]) => string,
): ErrorDetail[] {
  const issues = schema.safeParse(value, { error: templateWording }).error?.issues ?? [];
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({
          message: "unknown field",
          property: name([...issue.path, key]),
        }))
      : { message: issue.message, property: name(issue.path) },
  );
}
