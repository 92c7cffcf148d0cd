import { Parser } from "htmlparser2";

const BLOCKS: ReadonlySet<string> = new Set([
  "address", "article", "blockquote", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
  "li", "main", "nav", "ol", "p", "pre", "section", "table", "tr", "ul",
]);
const UNSEEN: ReadonlySet<string> = new Set(["head", "script", "style", "title", "template"]);

/** A tag or a character reference that a person would hardly type. */
const MARKUP = /<\/?(?:a|b|blockquote|body|br|div|em|font|h[1-6]|hr|html|html-blob|i|li|ol|p|pre|s|span|strong|table|td|th|tr|u|ul)(?:\s[^<>]*)?\/?>|&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});/i;

/** Whether a text that may be either is HTML. */
export function looksLikeHtml(text: string): boolean {
  return MARKUP.test(text);
}

/** What a person reads: a line for each block and break, runs of white space as one space, links as their words. */
export function textOfHtml(html: string): string {
  const lines = new Lines();
  let hidden = 0;
  const parser = new Parser({
    onopentag(name) {
      if (UNSEEN.has(name)) hidden += 1;
      if (BLOCKS.has(name)) lines.endBlock();
      if (name === "br") lines.end();
    },
    onclosetag(name) {
      if (UNSEEN.has(name)) hidden -= 1;
      if (BLOCKS.has(name)) lines.endBlock();
    },
    ontext(piece) {
      if (hidden === 0) lines.add(piece.replace(/[ \t\r\n\f]+/g, " "));
    },
  });
  parser.end(html);
  return lines.text().replaceAll("\u00a0", " ");
}

/** Text in the making. Spaces at the ends of a line are dropped, and so are blocks without text. */
class Lines {
  private readonly done: string[] = [];
  private pieces: string[] = [];
  private atSpace = true;
  private blockEnded = false;

  add(piece: string): void {
    const wanted = this.atSpace || this.blockEnded ? piece.replace(/^ /, "") : piece;
    if (wanted === "") return;
    if (this.blockEnded && this.pieces.length > 0) this.end();
    this.blockEnded = false;
    this.pieces.push(wanted);
    this.atSpace = wanted.endsWith(" ");
  }

  endBlock(): void {
    this.blockEnded = true;
  }

  end(): void {
    this.done.push(this.line());
    this.pieces = [];
    this.atSpace = true;
    this.blockEnded = false;
  }

  text(): string {
    return [...this.done, this.line()].join("\n");
  }

  private line(): string {
    return this.pieces.join("").replace(/ $/, "");
  }
}

/** Plain text as HTML from which {@link textOfHtml} reads the same text. */
export function htmlOfText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/^ | $|(?<=\s) | (?=\s)/g, "&nbsp;")
    .replaceAll("\n", "<br>");
}
