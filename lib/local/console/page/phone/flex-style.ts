import type { FlexBlockStyle, FlexPart } from "./flex-parts.ts";
import { type Style, set, space } from "./flex-place.ts";

/** Widths of bubbles in pixels. A phone that is narrower shows them narrower. */
const BUBBLES: Record<string, number> = {
  nano: 120,
  micro: 160,
  deca: 220,
  hecto: 241,
  kilo: 260,
  mega: 300,
  giga: 386,
};
const BORDERS: Record<string, string> = {
  none: "0px",
  light: "0.5px",
  normal: "1px",
  medium: "2px",
  "semi-bold": "3px",
  bold: "4px",
};
/** Sizes of letters and icons in pixels. */
const LETTERS: Record<string, number> = {
  xxs: 11,
  xs: 13,
  sm: 14,
  md: 16,
  lg: 19,
  xl: 22,
  xxl: 29,
  "3xl": 35,
  "4xl": 48,
  "5xl": 74,
};
const IMAGES: Record<string, string> = {
  xxs: "40px",
  xs: "60px",
  sm: "80px",
  md: "100px",
  lg: "120px",
  xl: "140px",
  xxl: "160px",
  "3xl": "180px",
  "4xl": "200px",
  "5xl": "220px",
  full: "100%",
};
const BUTTONS: Record<string, { background: string; color: string }> = {
  primary: { background: "var(--flex-primary)", color: "#ffffff" },
  secondary: { background: "#dcdfe5", color: "#111111" },
  link: { background: "transparent", color: "#42659a" },
};

export function bubbleStyle({ size = "mega" }: FlexPart): Style {
  return { width: `${BUBBLES[size] ?? BUBBLES.mega}px` };
}

/** The padding of a bubble's header, body or footer that says nothing of it. */
export function blockPadding(bubble: FlexPart, block: string): string {
  const { size = "mega" } = bubble;
  if (block === "footer" || size === "nano" || size === "micro") return "10px";
  return size === "mega" || size === "giga" ? "20px" : "13px";
}

export function blockStyle(style: FlexBlockStyle = {}): Style {
  const line =
    style.separator === true ? `1px solid ${style.separatorColor ?? "#d4d6da"}` : undefined;
  return set({ backgroundColor: style.backgroundColor, borderTop: line });
}

export function boxStyle(box: FlexPart): Style {
  const { layout = "vertical", borderWidth, background } = box;
  const border = borderWidth && (BORDERS[borderWidth] ?? borderWidth);
  return set({
    flexDirection: layout === "vertical" ? "column" : "row",
    alignItems: box.alignItems ?? (layout === "baseline" ? "baseline" : undefined),
    justifyContent: box.justifyContent,
    width: box.width,
    maxWidth: box.maxWidth,
    height: box.height,
    maxHeight: box.maxHeight,
    paddingTop: space(box.paddingTop ?? box.paddingAll),
    paddingBottom: space(box.paddingBottom ?? box.paddingAll),
    paddingInlineStart: space(box.paddingStart ?? box.paddingAll),
    paddingInlineEnd: space(box.paddingEnd ?? box.paddingAll),
    border: border && `${border} solid ${box.borderColor ?? "#d4d6da"}`,
    borderRadius: space(box.cornerRadius),
    backgroundColor: box.backgroundColor,
    backgroundImage: background && gradient(background),
  });
}

function gradient(of: NonNullable<FlexPart["background"]>): string {
  const center = of.centerColor && `${of.centerColor} ${of.centerPosition ?? "50%"}`;
  const colors = [of.startColor, center, of.endColor].filter(Boolean);
  return `linear-gradient(${[of.angle, ...colors].join(", ")})`;
}

/** Of a text or a span. */
export function letterStyle({ size, color, weight, style, decoration }: FlexPart): Style {
  return set({
    fontSize: size && letterSize(size),
    color,
    fontWeight: weight === "regular" ? "normal" : weight,
    fontStyle: style,
    textDecoration: decoration,
  });
}

export function textStyle(text: FlexPart): Style {
  const { wrap = false, maxLines = 0 } = text;
  const isCut = wrap && maxLines > 0;
  return {
    ...letterStyle({ size: "md", ...text }),
    ...set({
      textAlign: text.align,
      alignContent: gravity(text.gravity),
      whiteSpace: wrap ? "pre-wrap" : "nowrap",
      lineHeight: text.lineSpacing && `calc(1.3em + ${text.lineSpacing})`,
      ...(isCut && { display: "-webkit-box", "-webkit-box-orient": "vertical" }),
      ...(isCut && { "-webkit-line-clamp": String(maxLines) }),
    }),
  };
}

/** Of the space that an image has; the image itself is in it. */
export function imagePlaceStyle(image: FlexPart): Style {
  return set({ justifyContent: image.align ?? "center", alignItems: gravity(image.gravity) });
}

export function imageStyle(image: FlexPart): Style {
  const { size = "md", aspectRatio = "1:1", aspectMode = "fit" } = image;
  return set({
    width: IMAGES[size] ?? size,
    aspectRatio: aspectRatio.replace(":", " / "),
    objectFit: aspectMode === "cover" ? "cover" : "contain",
    backgroundColor: image.backgroundColor,
  });
}

export function iconStyle({ size = "md", aspectRatio = "1:1" }: FlexPart): Style {
  return { height: letterSize(size), aspectRatio: aspectRatio.replace(":", " / ") };
}

/** Its colour is that of the letters of a link, and of the background of the other styles. */
export function buttonStyle({ style = "link", color, height, gravity: where }: FlexPart): Style {
  const { background = "transparent", color: letters = "inherit" } = BUTTONS[style] ?? {};
  return set({
    backgroundColor: style === "link" ? background : (color ?? background),
    color: style === "link" ? (color ?? letters) : letters,
    minHeight: height === "sm" ? "40px" : "52px",
    alignSelf: gravity(where),
  });
}

export function separatorStyle({ color = "#d4d6da" }: FlexPart): Style {
  return { borderColor: color };
}

function letterSize(size: string): string {
  const pixels = LETTERS[size];
  return pixels === undefined ? size : `${pixels}px`;
}

function gravity(where: string | undefined): string | undefined {
  if (where === undefined || where === "top") return undefined;
  return where === "bottom" ? "flex-end" : where;
}
