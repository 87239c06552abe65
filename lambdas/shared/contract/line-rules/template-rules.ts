import * as z from "zod";
import { actionRules } from "./action-rules.ts";
import { codePoints, color, type MediaUrl } from "./fields.ts";

/** LINE Messaging API reference, Template messages: buttons, confirm, carousel, image carousel. */
export function templateRules(mediaUrl: MediaUrl) {
  const action = actionRules({ maximum: 20, required: true });
  const defaultAction = actionRules({ maximum: 20, required: false });
  const looks = {
    imageAspectRatio: z.enum(["rectangle", "square"]).optional(),
    imageSize: z.enum(["cover", "contain"]).optional(),
  };
  const body = {
    thumbnailImageUrl: mediaUrl.optional(),
    imageBackgroundColor: color.optional(),
    title: codePoints(40).optional(),
    defaultAction: defaultAction.optional(),
  };
  const column = z
    .object({ ...body, text: codePoints(120), actions: z.array(action).min(1).max(3) })
    .superRefine(shorterTextBesidePicture);
  return z.discriminatedUnion("type", [
    z
      .object({
        ...body,
        ...looks,
        type: z.literal("buttons"),
        text: codePoints(160),
        actions: z.array(action).min(1).max(4),
      })
      .superRefine(shorterTextBesidePicture),
    z.object({
      type: z.literal("confirm"),
      text: codePoints(240),
      actions: z.array(action).min(2).max(2),
    }),
    z.object({
      ...looks,
      type: z.literal("carousel"),
      columns: z.array(column).min(1).max(10).superRefine(columnsAlike),
    }),
    z.object({
      type: z.literal("image_carousel"),
      columns: z
        .array(
          z.object({ imageUrl: mediaUrl, action: actionRules({ maximum: 12, required: false }) }),
        )
        .min(1)
        .max(10),
    }),
  ]);
}

interface Column {
  thumbnailImageUrl?: string | undefined;
  title?: string | undefined;
  text: string;
  actions?: unknown[];
}

/** With an image or a title, the text may have only 60 characters. */
function shorterTextBesidePicture(part: Column, context: z.RefinementCtx<Column>): void {
  const crowded = part.thumbnailImageUrl !== undefined || part.title !== undefined;
  if (crowded && !codePoints(60).safeParse(part.text).success) {
    context.addIssue({
      code: "custom",
      path: ["text"],
      message: "must not be longer than 60 characters",
    });
  }
}

/** Either all columns of a carousel have an image or none has, and so on; otherwise LINE refuses the message. */
function columnsAlike(columns: Column[], context: z.RefinementCtx<Column[]>): void {
  const shapes = columns.map((column) => ({
    actions: column.actions?.length,
    thumbnailImageUrl: column.thumbnailImageUrl !== undefined,
    title: column.title !== undefined,
  }));
  for (const property of ["actions", "thumbnailImageUrl", "title"] as const) {
    const odd = shapes.findIndex((shape) => shape[property] !== shapes[0]?.[property]);
    if (odd > 0) {
      context.addIssue({
        code: "custom",
        path: [odd, property],
        message: `the columns differ in their ${property}`,
      });
    }
  }
}
