/** A piece of text; with `href` it is a link. */
export interface TextPart {
  text: string;
  href?: string;
}

const CANDIDATE = /\bhttps?:\/\/[^\s<>"]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b/giu;
const CLOSERS: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

/** Cuts what belongs to the sentence and not to the address: `(see https://a.example/b).` */
function withoutTrailing(candidate: string): string {
  let text = candidate;
  for (;;) {
    const last = text.at(-1) ?? "";
    const opener = CLOSERS[last];
    const isLoose = opener !== undefined && text.split(opener).length < text.split(last).length;
    if (!isLoose && !/[.,;:!?'’…]/.test(last)) return text;
    text = text.slice(0, -1);
  }
}

/** The address as a link may carry it: `http` and `https` only, and no user name hidden in it; else null. */
export function webAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return (url.protocol === "https:" || url.protocol === "http:") && url.username === "" ? url.href : null;
}

/** Splits plain text at its web and mail addresses. Nothing else of it becomes anything but text. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const address = withoutTrailing(match[0]);
    const href = address.includes("://") ? webAddress(address) : `mailto:${encodeURIComponent(address).replace("%40", "@")}`;
    if (href === null) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: address, href });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}
