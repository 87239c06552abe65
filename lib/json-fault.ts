import { type ParseError, type ParseErrorCode, printParseErrorCode } from "jsonc-parser";

const BYTE_ORDER_MARK = "\uFEFF";

/** jsonc-parser's codes in words; the others keep their names. */
const WORDS: Readonly<Record<string, string>> = {
  CloseBraceExpected: "a } is missing",
  CloseBracketExpected: "a ] is missing",
  ColonExpected: "a colon is missing",
  CommaExpected: "a comma is missing",
  EndOfFileExpected: "nothing may stand behind the end of the JSON",
  InvalidCommentToken: "JSON has no comments",
  InvalidSymbol: "this is no JSON value: a text stands in double quotes",
  PropertyNameExpected: "a key in double quotes is expected",
  UnexpectedEndOfString: "the closing quote of a text is missing",
  ValueExpected: "a value is expected",
};

/** Where a JSON text is faulty, and the likely cause, in one sentence. */
export function jsonFault(text: string, { error, offset }: ParseError): string {
  if (text.startsWith(BYTE_ORDER_MARK)) {
    return "not valid JSON: line 1, column 1: the file begins with a byte order mark; save it as UTF-8 without BOM";
  }
  const before = text.slice(0, offset);
  const line = before.split("\n").length;
  const column = offset - before.lastIndexOf("\n");
  return `not valid JSON: line ${line}, column ${column}: ${causeOf(error, before, text.slice(offset))}`;
}

function causeOf(code: ParseErrorCode, before: string, after: string): string {
  const [bracket] = /^\s*[}\]]/.exec(after) ?? [];
  if (bracket !== undefined && /,\s*$/.test(before)) {
    return `a comma stands before ${bracket.trim()}; remove it`;
  }
  const name = printParseErrorCode(code);
  return WORDS[name] ?? name;
}
