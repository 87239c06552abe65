import * as z from "zod";

const STEPS = "xs|sm|md|lg|xl|xxl";

/** LINE, Flex Message layout: `px` or a keyword, for some also `%`; offsets may be negative. */
const PIXELS = String.raw`\d+(\.\d+)?px`;
const PERCENT = String.raw`\d+(\.\d+)?%`;

const matching = (...forms: string[]) =>
  z
    .string()
    .regex(new RegExp(`^(${forms.join("|")})$`))
    .optional();

/**
 * LINE Messaging API reference, Flex Message: the properties of each component that only change how it
 * looks, without colours.
 */
export function flexLooks() {
  const space = matching(`none|${STEPS}`, PIXELS);
  const padding = matching(`none|${STEPS}`, PIXELS, PERCENT);
  const offset = matching(`none|${STEPS}`, `-?${PIXELS}`, `-?${PERCENT}`);
  const length = matching(PIXELS, PERCENT);

  /** Where a component is in its box. */
  const placing = {
    margin: space,
    position: z.enum(["relative", "absolute"]).optional(),
    offsetTop: offset,
    offsetBottom: offset,
    offsetStart: offset,
    offsetEnd: offset,
  };
  const share = { flex: z.int().min(0).optional() };
  const gravity = { gravity: z.enum(["top", "bottom", "center"]).optional() };
  const align = { align: z.enum(["start", "end", "center"]).optional() };
  const scaling = { scaling: z.boolean().optional() };
  const adjustMode = { adjustMode: z.literal("shrink-to-fit").optional() };
  const fontSize = matching(`xxs|${STEPS}|3xl|4xl|5xl`, PIXELS);
  const letters = {
    size: fontSize,
    weight: z.enum(["regular", "bold"]).optional(),
    style: z.enum(["normal", "italic"]).optional(),
    decoration: z.enum(["none", "underline", "line-through"]).optional(),
  };

  /** `{width}:{height}`, each from 1 to 100,000, and the height at most three times the width. */
  const aspectRatio = z
    .string()
    .regex(/^\d+(\.\d+)?:\d+(\.\d+)?$/)
    .refine((ratio) => {
      const [width = 0, height = 0] = ratio.split(":").map(Number);
      return Math.min(width, height) >= 1 && Math.max(width, height) <= 1e5 && height <= 3 * width;
    })
    .optional();

  return {
    box: {
      ...placing,
      ...share,
      spacing: space,
      borderWidth: matching("none|light|normal|medium|semi-bold|bold", PIXELS),
      cornerRadius: space,
      width: length,
      maxWidth: length,
      height: length,
      maxHeight: length,
      paddingAll: padding,
      paddingTop: padding,
      paddingBottom: padding,
      paddingStart: padding,
      paddingEnd: padding,
      justifyContent: z
        .enum(["center", "flex-start", "flex-end", "space-between", "space-around", "space-evenly"])
        .optional(),
      alignItems: z.enum(["center", "flex-start", "flex-end"]).optional(),
    },
    button: {
      ...placing,
      ...share,
      ...gravity,
      ...scaling,
      ...adjustMode,
      style: z.enum(["primary", "secondary", "link"]).optional(),
      height: z.enum(["sm", "md"]).optional(),
    },
    image: {
      ...placing,
      ...share,
      ...gravity,
      ...align,
      size: matching(`xxs|${STEPS}|3xl|4xl|5xl|full`, PIXELS, PERCENT),
      aspectRatio,
      aspectMode: z.enum(["cover", "fit"]).optional(),
      animated: z.boolean().optional(),
    },
    icon: { ...placing, ...scaling, size: fontSize, aspectRatio },
    text: {
      ...placing,
      ...share,
      ...gravity,
      ...align,
      ...scaling,
      ...adjustMode,
      ...letters,
      wrap: z.boolean().optional(),
      lineSpacing: matching(PIXELS),
      maxLines: z.int().min(0).optional(),
    },
    span: letters,
    separator: { margin: space },
    filler: share,
    video: { aspectRatio },
  };
}
