import type { FlexPart } from "../../../../../../lib/local/console/page/phone/flex-parts.ts";
import { placeStyle } from "../../../../../../lib/local/console/page/phone/flex-place.ts";
import {
  blockPadding,
  boxStyle,
  buttonStyle,
  imageStyle,
  textStyle,
} from "../../../../../../lib/local/console/page/phone/flex-style.ts";

const vertical: FlexPart = { type: "box", layout: "vertical", spacing: "md" };
const horizontal: FlexPart = { type: "box", layout: "horizontal" };
const text: FlexPart = { type: "text", text: "a" };

describe("the place of a part in its box", () => {
  it.each<[string, FlexPart, FlexPart, string]>([
    ["shares the width", text, horizontal, "1 0 0"],
    ["shares it as it says", { ...text, flex: 3 }, horizontal, "3 0 0"],
    ["takes what it needs", { ...text, flex: 0 }, horizontal, "0 0 auto"],
    ["has the width that it says", { ...vertical, width: "40px" }, horizontal, "0 0 auto"],
    ["is as high as it needs", text, vertical, "0 0 auto"],
    ["shares the height that is left", { ...text, flex: 2 }, vertical, "2 0 auto"],
    ["fills the rest", { type: "filler" }, vertical, "1 0 auto"],
  ])("%s", (_, part, box, flex) => expect(placeStyle(part, box, 0)).toMatchObject({ flex }));

  it("is apart from the part before by the box's spacing, or by its own margin", () => {
    expect(placeStyle(text, vertical, 0)).not.toHaveProperty("marginTop");
    expect(placeStyle(text, vertical, 1)).toMatchObject({ marginTop: "8px" });
    expect(placeStyle({ ...text, margin: "xxl" }, vertical, 1)).toMatchObject({
      marginTop: "20px",
    });
    // LINE: also before the first part of a box.
    expect(placeStyle({ ...text, margin: "5px" }, horizontal, 0)).toMatchObject({
      marginInlineStart: "5px",
    });
  });

  it("may be moved", () => {
    const moved = { ...text, position: "absolute", offsetTop: "xs", offsetEnd: "10%" };
    expect(placeStyle(moved, vertical, 0)).toMatchObject({
      position: "absolute",
      top: "2px",
      insetInlineEnd: "10%",
    });
  });
});

it("lays out a box, the padding of a side before that of all", () => {
  const box = { ...vertical, paddingAll: "lg", paddingStart: "none", borderWidth: "medium" };
  expect(boxStyle({ ...box, borderColor: "#ff0000", cornerRadius: "xl" })).toEqual({
    flexDirection: "column",
    paddingTop: "12px",
    paddingBottom: "12px",
    paddingInlineStart: "0px",
    paddingInlineEnd: "12px",
    border: "2px solid #ff0000",
    borderRadius: "16px",
  });
});

it("aligns a baseline box by the letters", () => {
  expect(boxStyle({ type: "box", layout: "baseline" })).toEqual({
    flexDirection: "row",
    alignItems: "baseline",
  });
});

it.each([
  [{}, "linear-gradient(0deg, #000000, #ffffff)"],
  [{ centerColor: "#ff0000" }, "linear-gradient(0deg, #000000, #ff0000 50%, #ffffff)"],
])("colours a box from one side to the other", (center, backgroundImage) => {
  const background = { angle: "0deg", startColor: "#000000", endColor: "#ffffff", ...center };
  expect(boxStyle({ ...horizontal, background })).toMatchObject({ backgroundImage });
});

it("writes on one line, unless the text may wrap", () => {
  expect(textStyle(text)).toEqual({ fontSize: "16px", whiteSpace: "nowrap" });
  const wrapped = { ...text, wrap: true, maxLines: 2, size: "xl", weight: "bold", align: "end" };
  expect(textStyle(wrapped)).toMatchObject({
    fontSize: "22px",
    fontWeight: "bold",
    textAlign: "end",
    whiteSpace: "pre-wrap",
    "-webkit-line-clamp": "2",
  });
});

it("gives a button its colour: behind the letters, or to those of a link", () => {
  const color = "#123456";
  expect(buttonStyle({ type: "button", style: "primary", color })).toMatchObject({
    backgroundColor: color,
    color: "#ffffff",
  });
  expect(buttonStyle({ type: "button", color, height: "sm" })).toEqual({
    backgroundColor: "transparent",
    color,
    minHeight: "40px",
  });
});

it("sizes images by keyword, pixels or share", () => {
  expect(imageStyle({ type: "image" })).toEqual({
    width: "100px",
    aspectRatio: "1 / 1",
    objectFit: "contain",
  });
  const hero = { size: "full", aspectRatio: "20:13", aspectMode: "cover" };
  expect(imageStyle({ type: "image", ...hero })).toEqual({
    width: "100%",
    aspectRatio: "20 / 13",
    objectFit: "cover",
  });
  expect(imageStyle({ type: "image", size: "23.5%" })).toMatchObject({ width: "23.5%" });
});

it("gives small bubbles less padding", () => {
  expect(blockPadding({ type: "bubble" }, "body")).toBe("20px");
  expect(blockPadding({ type: "bubble" }, "footer")).toBe("10px");
  expect(blockPadding({ type: "bubble", size: "nano" }, "body")).toBe("10px");
});
