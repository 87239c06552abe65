import * as z from "zod";
import { commonProperties } from "./common-properties.ts";
import { mediaUrl, units } from "./fields.ts";
import { flexRules } from "./flex-rules.ts";
import { imagemapMessage } from "./imagemap-rules.ts";
import { isSendableSticker } from "./sticker-packages.ts";
import { templateRules } from "./template-rules.ts";
import {
  faultySubstitutions,
  misplacedEmojis,
  type TextFault,
  textMessage,
  textV2Message,
} from "./text-rules.ts";
import { bodyWording, propertyName, templateWording, WRONG_TYPE } from "./wording.ts";

/** What LINE refuses in a message. */
export interface MessageFault {
  /** In LINE's words. */
  message: string;
  /** As LINE names it: from `messages` on for a fault of the form, else within the message. */
  property: string;
  /** Always from the list of messages on: `[0, "contents", "body"]`. */
  path: readonly PropertyKey[];
  /** The values, or types of values, that it takes in this place, where these are few. */
  allowed?: string[];
}

/** `index` is that of the only message with faults in its content, undefined where the form of the whole body is faulty. */
export interface MessageFaults {
  index: number | undefined;
  faults: MessageFault[];
}

/**
 * Checks message objects as LINE does (Messaging API reference, Message objects): first the form of the
 * whole body, then the content of one message after the other. The check ends at the first message with
 * a fault in its content. `to` is unknown where messages are only validated. Undefined if LINE takes them.
 */
export type FindMessageFaults = (messages: unknown[], to?: string) => MessageFaults | undefined;

interface Rule {
  form(message: unknown, index: number): MessageFault[];
  /** Only for a message with a valid form. */
  content(message: unknown, index: number, to: string | undefined): MessageFault[];
}

/**
 * LINE's rules and limits for the messages of one request. `exempt`: origins that may serve media although they are not
 * https; read at every check. Texts that LINE's page counts in graphemes are counted in code points, which are never fewer.
 */
export function createFindMessageFaults(exempt: ReadonlySet<string>): FindMessageFaults {
  const rules = messageRules(exempt);
  const known = `Must be one of the following values: [${Object.keys(rules).join(", ")}]`;
  const typed = z.looseObject({ type: z.string() });

  return (messages, to) => {
    const formFaults: MessageFault[] = [];
    const wellFormed: { rule: Rule; message: unknown }[] = [];
    for (const [index, message] of messages.entries()) {
      const type = typed.safeParse(message).data?.type ?? "";
      const rule = Object.hasOwn(rules, type) ? rules[type] : undefined;
      if (rule === undefined) {
        const isObject = typeof message === "object" && message !== null;
        const path = isObject ? [index, "type"] : [index];
        formFaults.push({
          message: isObject ? known : WRONG_TYPE,
          property: propertyName(["messages", ...path]),
          path,
        });
      } else {
        formFaults.push(...rule.form(message, index));
        wellFormed.push({ rule, message });
      }
    }
    if (formFaults.length > 0) return { index: undefined, faults: formFaults };
    for (const [index, { rule, message }] of wellFormed.entries()) {
      const faults = rule.content(message, index, to);
      if (faults.length > 0) return { index, faults };
    }
    return undefined;
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
    text: createRule(message(textMessage()), (parsed) => misplacedEmojis(parsed).map(placed)),
    textV2: createRule(message(textV2Message()), (parsed, to) =>
      faultySubstitutions(parsed, to).map(placed),
    ),
    sticker: createRule(
      message({ packageId: z.string().min(1), stickerId: z.string().min(1) }),
      ({ packageId, stickerId }) =>
        isSendableSticker(packageId, stickerId)
          ? []
          : [placed({ message: "this sticker cannot be sent", property: "stickerId" })],
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
          : [placed({ message: "a group or room has no tracking", property: "trackingId" })],
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
    coupon: createRule(message({ couponId: z.string().min(1), deliveryTag: units(30).optional() })),
    imagemap: createRule(message(imagemapMessage(url))),
    template: createRule(message({ altText, template: z.looseObject({}) }), (parsed) =>
      faultsIn(template, parsed.template, "template", (path) => ["template", ...path].join("/")),
    ),
    flex: createRule(message({ altText, contents: z.looseObject({}) }), (parsed) =>
      faultsIn(flex, parsed.contents, "contents", (path) => `/${path.join("/")}`),
    ),
  };
}

/** `emojis/0/index` is a path in the message. */
function placed(fault: TextFault): MessageFault {
  const path = fault.property.split("/").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return { ...fault, path };
}

function createRule<Message>(
  schema: z.ZodType<Message>,
  content: (message: Message, to: string | undefined) => MessageFault[] = () => [],
): Rule {
  return {
    form: (message, index) =>
      (schema.safeParse(message, { error: bodyWording }).error?.issues ?? []).map((issue) => ({
        message: issue.message,
        property: propertyName(["messages", index, ...issue.path]),
        path: [index, ...issue.path],
        ...allowedBy(issue),
      })),
    content: (message, index, to) =>
      content(schema.parse(message), to).map((fault) => ({
        ...fault,
        path: [index, ...fault.path],
      })),
  };
}

function faultsIn(
  schema: z.ZodType,
  value: unknown,
  field: string,
  name: (path: PropertyKey[]) => string,
): MessageFault[] {
  const issues = schema.safeParse(value, { error: templateWording }).error?.issues ?? [];
  const fault = (message: string, path: PropertyKey[]) => ({
    message,
    property: name(path),
    path: [field, ...path],
  });
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => fault("unknown field", [...issue.path, key]))
      : { ...fault(issue.message, issue.path), ...allowedBy(issue) },
  );
}

function allowedBy(issue: z.core.$ZodIssue): Pick<MessageFault, "allowed"> {
  switch (issue.code) {
    case "invalid_value":
      return { allowed: issue.values.map(String) };
    case "invalid_union":
      return "options" in issue && issue.options ? { allowed: issue.options.map(String) } : {};
    case "invalid_type":
      return { allowed: [issue.expected] };
    default:
      return {};
  }
}
