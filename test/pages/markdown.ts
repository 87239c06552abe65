/** The targets of a page's links and images, in its order; what stands in code is none. */
export function linkTargets(markdown: string): string[] {
  const text = withoutFences(markdown).replace(/(`+)[^`][\s\S]*?\1/g, "``");
  const patterns = [
    /\]\(\s*<?([^\s)>]+)>?(?:\s+"[^"]*")?\s*\)/g,
    /^ {0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/gm,
    /<(?:a|img|source)\b[^>]*?\s(?:href|src|srcset)="([^"]+)"/g,
  ];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, target = ""]) => target),
  );
}

/**
 * What a page's headings are linked by on GitHub: letters, digits, `_` and `-` in lower case, a `-`
 * for each space, and `-1`, `-2` … behind a heading that has been there before.
 */
export function anchorsOf(markdown: string): string[] {
  const seen = new Map<string, number>();
  return [
    ...withoutFences(markdown).matchAll(/^ {0,3}#{1,6}[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$/gm),
  ].map(([, heading = ""]) => {
    const slug = slugOf(heading);
    const count = seen.get(slug) ?? 0;
    seen.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  });
}

function slugOf(heading: string): string {
  return heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, "")
    .replaceAll(" ", "-");
}

/** A line of a fence may look like a heading or a link. */
function withoutFences(markdown: string): string {
  return markdown.replace(/^ {0,3}(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ {0,3}\1[`~]*[ \t]*$/gm, "");
}
