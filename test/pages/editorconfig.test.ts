import { readFileSync } from "node:fs";

const editor = readFileSync(".editorconfig", "utf8");
const { formatter } = JSON.parse(readFileSync(".biome.json", "utf8"));

/** The settings of a section, `*` for example. */
function settingsOf(section: string): Record<string, string> {
  const [, text = ""] = editor.split(`\n[${section}]\n`);
  const lines = (text.split("\n[")[0] ?? "").split("\n");
  return Object.fromEntries(
    lines.flatMap((line) => {
      const [name, value] = line.split(" = ");
      return name && value ? [[name, value]] : [];
    }),
  );
}

describe(".editorconfig", () => {
  it("says of all files what Biome formats", () => {
    expect(settingsOf("*")).toEqual({
      charset: "utf-8",
      end_of_line: formatter.lineEnding ?? "lf",
      indent_style: formatter.indentStyle,
      indent_size: String(formatter.indentWidth ?? 2),
      max_line_length: String(formatter.lineWidth),
      insert_final_newline: "true",
      trim_trailing_whitespace: "true",
    });
  });

  it("gives pages longer lines, because their tables and links have them", () => {
    expect(settingsOf("*.md")).toEqual({ max_line_length: "130" });
  });
});
