import * as z from "zod";
import { propertyName } from "../../lambdas/shared/contract/line-rules/wording.ts";
import {
  type LineTemplate,
  lineTemplateSchema,
  MAX_TEMPLATE_MESSAGES,
} from "../../lambdas/shared/contract/line-templates/line-template.ts";

/** What a file holds, and how a path in its messages is called in the file. */
export interface TemplateFile {
  template: LineTemplate;
  nameOf(path: readonly PropertyKey[]): string;
}

const FORMS = `must be a LINE message, or {"messages": [...]} with 1 to ${MAX_TEMPLATE_MESSAGES} of them, or a bubble or carousel as LINE's Flex Message Simulator shows it, with an "altText" beside its "type"`;
const ALT_TEXT = `altText: is missing; add it beside "type": "altText": "what notifications show", of 1 to 1,500 UTF-16 units`;

const list = z.looseObject({ messages: z.unknown() });
const container = z.looseObject({
  type: z.enum(["bubble", "carousel"]),
  altText: z.unknown().optional(),
});
const typed = z.looseObject({ type: z.string() });

/** Reads what a template's file holds, as JSON. Says what is wrong with it, if it is none. */
export function readTemplateFile(value: unknown): TemplateFile | { fault: string } {
  if (list.safeParse(value).success) return messageList(value);
  const flex = container.safeParse(value).data;
  if (flex !== undefined) {
    const { altText, quickReply, sender, ...contents } = flex;
    if (altText === undefined) return { fault: ALT_TEXT };
    const common = {
      ...(quickReply !== undefined && { quickReply }),
      ...(sender !== undefined && { sender }),
    };
    return {
      template: { messages: [{ type: "flex", altText, contents, ...common }] },
      nameOf: ([, ...path]) => propertyName(path[0] === "contents" ? path.slice(1) : path),
    };
  }
  const message = typed.safeParse(value).data;
  if (message === undefined) return { fault: FORMS };
  return { template: { messages: [message] }, nameOf: ([, ...path]) => propertyName(path) };
}

function messageList(value: unknown): TemplateFile | { fault: string } {
  const { messages, ...others } = list.parse(value);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) return { fault: `${unknown}: unknown field; allowed here: messages` };
  const parsed = lineTemplateSchema.safeParse({ messages });
  if (!parsed.success) return { fault: `messages: ${FORMS}` };
  return { template: parsed.data, nameOf: (path) => propertyName(["messages", ...path]) };
}
