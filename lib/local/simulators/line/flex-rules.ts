import * as z from "zod";
import { actionRules } from "./action-rules.ts";
import { color, linkUri, type MediaUrl } from "./fields.ts";

/** Of the two readings of "KB" the stricter one. */
const BUBBLE_BYTES = 30_000;
const CAROUSEL_BYTES = 50_000;

const action = actionRules({ maximum: 40, required: false }).optional();

/**
 * LINE Messaging API reference, Flex Message: containers, components, their required properties and
 * the limits on size and number. Purely visual properties are not looked at, colours excepted.
 */
export function flexRules(mediaUrl: MediaUrl) {
  const component: z.ZodType<unknown> = z.lazy(() =>
    z.discriminatedUnion("type", [
      box,
      button,
      image,
      text,
      z.looseObject({ type: z.literal("icon"), url: mediaUrl }),
      z.looseObject({ type: z.literal("separator"), color: color.optional() }),
      z.looseObject({ type: z.literal("filler") }),
    ]),
  );
  const box = z.looseObject({
    type: z.literal("box"),
    layout: z.enum(["horizontal", "vertical", "baseline"]),
    contents: z.array(component),
    backgroundColor: color.optional(),
    borderColor: color.optional(),
    action,
  });
  const button = z.looseObject({
    type: z.literal("button"),
    action: actionRules({ maximum: 40, required: true }),
    style: z.enum(["primary", "secondary", "link"]).optional(),
    height: z.enum(["sm", "md"]).optional(),
    color: color.optional(),
  });
  const image = z.looseObject({
    type: z.literal("image"),
    url: mediaUrl,
    backgroundColor: color.optional(),
    action,
  });
  const span = z.looseObject({
    type: z.literal("span"),
    text: z.string().min(1),
    color: color.optional(),
  });
  const text = z
    .looseObject({
      type: z.literal("text"),
      text: z.string().min(1).optional(),
      contents: z.array(span).min(1).optional(),
      color: color.optional(),
      action,
    })
    .refine((part) => part.text !== undefined || part.contents !== undefined, { path: ["text"] });
  const video = z.looseObject({
    type: z.literal("video"),
    url: mediaUrl,
    previewUrl: mediaUrl,
    altContent: z.discriminatedUnion("type", [box, image]),
    action: z.looseObject({ type: z.literal("uri"), uri: linkUri }).optional(),
  });
  const bubble = z
    .looseObject({
      type: z.literal("bubble"),
      size: z.enum(["nano", "micro", "deca", "hecto", "kilo", "mega", "giga"]).optional(),
      direction: z.enum(["ltr", "rtl"]).optional(),
      header: box.optional(),
      hero: z.discriminatedUnion("type", [box, image, video]).optional(),
      body: box.optional(),
      footer: box.optional(),
      action,
    })
    .refine((container) => bytes(container) <= BUBBLE_BYTES, { error: "the bubble is too large" });
  const carousel = z
    .looseObject({ type: z.literal("carousel"), contents: z.array(bubble).min(1).max(12) })
    .refine((container) => bytes(container) <= CAROUSEL_BYTES, {
      error: "the carousel is too large",
    })
    .refine(({ contents }) => new Set(contents.map(({ size }) => size ?? "mega")).size === 1, {
      error: "the bubbles differ in size",
      path: ["contents"],
    });
  return z.discriminatedUnion("type", [bubble, carousel]);
}

function bytes(container: unknown): number {
  return Buffer.byteLength(JSON.stringify(container));
}
