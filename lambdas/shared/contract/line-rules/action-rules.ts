import * as z from "zod";
import { checkPicker } from "./datetime-picker-rules.ts";
import { codePoints, linkUri, units } from "./fields.ts";

/** How long a label may be, and whether it is required: that depends on where the action is. */
export interface LabelRule {
  maximum: number;
  required: boolean;
}

/** LINE Messaging API reference, Action objects: those that templates and Flex Messages allow. */
export function actionRules(labelRule: LabelRule) {
  return z.discriminatedUnion("type", commonActions(labelRule));
}

/** Buttons of a quick reply may also open the camera, the camera roll or the map. */
export function quickReplyAction() {
  return z.discriminatedUnion("type", [
    ...commonActions({ maximum: 20, required: true }),
    z.object({ type: z.literal("camera"), label: codePoints(20) }),
    z.object({ type: z.literal("cameraRoll"), label: codePoints(20) }),
    z.object({ type: z.literal("location"), label: codePoints(20) }),
  ]);
}

function commonActions({ maximum, required }: LabelRule) {
  const label = required ? codePoints(maximum) : codePoints(maximum).optional();
  /** May be empty, unlike every other text. */
  const data = z.union([z.literal(""), units(300)]);
  return [
    z
      .object({
        type: z.literal("postback"),
        label,
        data,
        displayText: codePoints(300).optional(),
        text: codePoints(300).optional(),
        inputOption: z
          .enum(["closeRichMenu", "openRichMenu", "openKeyboard", "openVoice"])
          .optional(),
        fillInText: codePoints(300).optional(),
      })
      .refine(({ displayText, text }) => displayText === undefined || text === undefined, {
        path: ["text"],
        error: "displayText and text cannot both be used",
      }),
    z.object({ type: z.literal("message"), label, text: codePoints(300) }),
    z.object({
      type: z.literal("uri"),
      label,
      uri: linkUri,
      altUri: z.object({ desktop: linkUri }).optional(),
    }),
    z
      .object({
        type: z.literal("datetimepicker"),
        label,
        data,
        mode: z.enum(["date", "time", "datetime"]),
        initial: z.string().optional(),
        max: z.string().optional(),
        min: z.string().optional(),
      })
      .superRefine(checkPicker),
    z.object({ type: z.literal("clipboard"), label, clipboardText: units(1000) }),
  ] as const;
}
