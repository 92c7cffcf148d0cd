/** Deeper than any WebDAV answer; the parser's time grows with the square of the depth. */
const MOST_LEVELS = 50;
/** More than all properties of all servers; the parser looks at all sibling names for every text. */
const MOST_NAMES = 400;

/**
 * Whether a text has the shape of a WebDAV answer: a few levels of a few kinds of elements, and no document type
 * (RFC 4918 §17 needs none). Looked at before it is parsed, in one pass, so that an answer that was made to be slow
 * costs nothing.
 */
export function hasDavShape(text: string): boolean {
  const names = new Set<string>();
  let depth = 0;
  for (let at = text.indexOf("<"); at !== -1; at = text.indexOf("<", at)) {
    const skip = SKIPPED.find(({ from }) => text.startsWith(from, at));
    if (skip !== undefined) {
      const end = text.indexOf(skip.to, at + skip.from.length);
      if (end === -1) return false;
      at = end + skip.to.length;
      continue;
    }
    const end = endOfTag(text, at);
    if (end === -1 || text.startsWith("<!", at)) return false;
    if (text.startsWith("</", at)) depth -= 1;
    else if (!text.startsWith("/>", end - 1)) depth += 1;
    NAME.lastIndex = at + 1;
    names.add(NAME.exec(text)?.[0] ?? "");
    if (depth < 0 || depth > MOST_LEVELS || names.size > MOST_NAMES * 2) return false;
    at = end + 1;
  }
  return true;
}

const SKIPPED = [
  { from: "<!--", to: "-->" },
  { from: "<![CDATA[", to: "]]>" },
  { from: "<?", to: "?>" },
] as const;

/** With the slash of a closing tag: an element counts as two names at most. */
const NAME = /[^\s>]{0,200}/y;

/** Where the `>` is that ends the tag at `start`, quoted ones left out; -1 where there is none. */
function endOfTag(text: string, start: number): number {
  let quote = "";
  for (let at = start + 1; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (quote !== "") quote = sign === quote ? "" : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === ">") return at;
  }
  return -1;
}
