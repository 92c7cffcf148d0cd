/** A line as RFC 5545 §3.1 means it, with its folds undone. */
export interface ContentLine {
  content: string;
  /** Number of its first line in the text, from 1. */
  line: number;
}

/** Joins folded lines (a line end of any kind, `\r\r\n` too, followed by a space or tab) and skips empty ones. */
export function* contentLines(text: string): Generator<ContentLine, void, void> {
  let pieces: string[] = [];
  let start = 0;
  let number = 0;
  for (const match of text.replace(/^\uFEFF/, "").matchAll(/([^\r\n]*)(?:\r*\n|\r|$)/g)) {
    const line = match[1] ?? "";
    number += 1;
    if (pieces.length > 0 && (line.startsWith(" ") || line.startsWith("\t"))) {
      pieces.push(line.slice(1));
      continue;
    }
    if (pieces.length > 0) yield { content: pieces.join(""), line: start };
    pieces = line.trim() === "" ? [] : [line];
    start = number;
  }
  if (pieces.length > 0) yield { content: pieces.join(""), line: start };
}
