import * as z from "zod";
import { actionRules } from "./action-rules.ts";
import { color, linkUri, type MediaUrl } from "./fields.ts";
import { flexLooks } from "./flex-looks.ts";

/** The stricter meaning of "KB". */
const BUBBLE_BYTES = 30_000;
const CAROUSEL_BYTES = 50_000;

const MAXIMUM_ANIMATED = 10;

/** What a box of this layout can hold. */
const CONTENTS = {
  horizontal: ["box", "button", "image", "text", "separator", "filler"],
  vertical: ["box", "button", "image", "text", "separator", "filler"],
  baseline: ["icon", "text", "filler"],
};

/**
 * LINE Messaging API reference, Flex Message: containers, components, their properties and the limits
 * on size and number. A field that LINE does not know is refused.
 */
export function flexRules(mediaUrl: MediaUrl) {
  const looks = flexLooks();
  const action = actionRules({ maximum: 40, required: false }).optional();
  const blockStyle = z
    .strictObject({
      backgroundColor: color.optional(),
      separator: z.boolean().optional(),
      separatorColor: color.optional(),
    })
    .optional();
  const gradient = z.strictObject({
    type: z.literal("linearGradient"),
    angle: z.string().regex(/^([0-9]|[1-9][0-9]|[12][0-9]{2}|3[0-5][0-9])(\.\d+)?deg$/),
    startColor: color,
    endColor: color,
    centerColor: color.optional(),
    centerPosition: z
      .string()
      .regex(/^(100|[1-9]?\d(\.\d+)?)%$/)
      .optional(),
  });
  const component: z.ZodType<{ type: string }> = z.lazy(() =>
    z.discriminatedUnion("type", [
      box,
      button,
      image,
      text,
      z.strictObject({ ...looks.icon, type: z.literal("icon"), url: mediaUrl }),
      z.strictObject({
        ...looks.separator,
        type: z.literal("separator"),
        color: color.optional(),
      }),
      z.strictObject({ ...looks.filler, type: z.literal("filler") }),
    ]),
  );
  const box = z
    .strictObject({
      ...looks.box,
      type: z.literal("box"),
      layout: z.enum(["horizontal", "vertical", "baseline"]),
      contents: z.array(component),
      backgroundColor: color.optional(),
      borderColor: color.optional(),
      background: gradient.optional(),
      action,
    })
    .superRefine(({ layout, contents }, context) => {
      for (const [index, { type }] of contents.entries()) {
        if (!CONTENTS[layout].includes(type)) {
          context.addIssue({
            code: "custom",
            path: ["contents", index],
            message: "invalid property",
          });
        }
      }
    });
  const button = z.strictObject({
    ...looks.button,
    type: z.literal("button"),
    action: actionRules({ maximum: 40, required: true }),
    color: color.optional(),
  });
  const image = z.strictObject({
    ...looks.image,
    type: z.literal("image"),
    url: mediaUrl,
    backgroundColor: color.optional(),
    action,
  });
  const span = z.strictObject({
    ...looks.span,
    type: z.literal("span"),
    text: z.string().min(1),
    color: color.optional(),
  });
  const text = z
    .strictObject({
      ...looks.text,
      type: z.literal("text"),
      text: z.string().min(1).optional(),
      contents: z.array(span).min(1).optional(),
      color: color.optional(),
      action,
    })
    .refine((part) => part.text !== undefined || part.contents !== undefined, { path: ["text"] });
  const video = z.strictObject({
    ...looks.video,
    type: z.literal("video"),
    url: mediaUrl,
    previewUrl: mediaUrl,
    altContent: z.discriminatedUnion("type", [box, image]),
    action: z.looseObject({ type: z.literal("uri"), uri: linkUri }).optional(),
  });
  const bubble = z
    .strictObject({
      type: z.literal("bubble"),
      size: z.enum(["nano", "micro", "deca", "hecto", "kilo", "mega", "giga"]).optional(),
      direction: z.enum(["ltr", "rtl"]).optional(),
      header: box.optional(),
      hero: z.discriminatedUnion("type", [box, image, video]).optional(),
      body: box.optional(),
      footer: box.optional(),
      styles: z
        .strictObject({
          header: blockStyle,
          hero: blockStyle,
          body: blockStyle,
          footer: blockStyle,
        })
        .optional(),
      action,
    })
    .refine((container) => bytes(container) <= BUBBLE_BYTES, { error: "the bubble is too large" })
    .refine(
      ({ hero, size = "mega" }) =>
        hero?.type !== "video" || ["kilo", "mega", "giga"].includes(size),
      { error: "a video needs a larger bubble", path: ["hero"] },
    );
  const carousel = z
    .strictObject({ type: z.literal("carousel"), contents: z.array(bubble).min(1).max(12) })
    .refine((container) => bytes(container) <= CAROUSEL_BYTES, {
      error: "the carousel is too large",
    })
    .refine(({ contents }) => new Set(contents.map(({ size }) => size ?? "mega")).size === 1, {
      error: "the bubbles differ in size",
      path: ["contents"],
    })
    .refine(({ contents }) => contents.every(({ hero }) => hero?.type !== "video"), {
      error: "a carousel cannot hold a video",
      path: ["contents"],
    });
  return z
    .discriminatedUnion("type", [bubble, carousel])
    .refine((container) => countAnimated(container) <= MAXIMUM_ANIMATED, {
      error: "too many animated images",
    });
}

function bytes(container: unknown): number {
  return Buffer.byteLength(JSON.stringify(container));
}

function countAnimated(part: unknown): number {
  if (typeof part !== "object" || part === null) {
    return 0;
  }
  const own = "animated" in part && part.animated === true ? 1 : 0;
  return Object.values(part).reduce<number>((sum, value) => sum + countAnimated(value), own);
}
