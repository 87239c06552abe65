import type { Action } from "./line-actions.ts";

/** How a block of a bubble looks. */
export interface FlexBlockStyle {
  backgroundColor?: string;
  separator?: boolean;
  separatorColor?: string;
}

/** A container, a bubble or a component of a Flex Message, with what the page reads of it. */
export interface FlexPart {
  type: string;
  contents?: FlexPart[];
  action?: Action;

  /** Of a bubble. */
  header?: FlexPart;
  hero?: FlexPart;
  body?: FlexPart;
  footer?: FlexPart;
  direction?: "ltr" | "rtl";
  styles?: Record<string, FlexBlockStyle>;

  /** Where it is in its box. */
  flex?: number;
  margin?: string;
  gravity?: string;
  align?: string;
  position?: string;
  offsetTop?: string;
  offsetBottom?: string;
  offsetStart?: string;
  offsetEnd?: string;

  /** Of a box. */
  layout?: string;
  spacing?: string;
  width?: string;
  maxWidth?: string;
  height?: string;
  maxHeight?: string;
  paddingAll?: string;
  paddingTop?: string;
  paddingBottom?: string;
  paddingStart?: string;
  paddingEnd?: string;
  justifyContent?: string;
  alignItems?: string;
  borderWidth?: string;
  borderColor?: string;
  cornerRadius?: string;
  backgroundColor?: string;
  background?: {
    angle: string;
    startColor: string;
    endColor: string;
    centerColor?: string;
    centerPosition?: string;
  };

  /** Of texts, spans, buttons and separators. */
  text?: string;
  size?: string;
  weight?: string;
  style?: string;
  decoration?: string;
  color?: string;
  wrap?: boolean;
  lineSpacing?: string;
  maxLines?: number;

  /** Of images, icons and videos. */
  url?: string;
  previewUrl?: string;
  aspectRatio?: string;
  aspectMode?: string;
}
