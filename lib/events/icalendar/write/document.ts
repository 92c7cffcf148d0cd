import { IcsError } from "../ics-error";

/**
 * An iCalendar text taken apart without loss: written again, it is the same text, byte for byte. Lines that
 * nobody touches keep their folds, line ends and mistakes.
 */
export interface Document {
  /** What stands outside of every component is kept too. */
  nodes: Node[];
  /** The line end of the first line. */
  lineEnd: string;
}

export type Node = Line | Block;

export interface Line {
  kind: "line";
  /** As it stands in the text: with its folds and its line end. */
  raw: string;
  /** Unfolded, without line end. */
  content: string;
}

export interface Block {
  kind: "block";
  /** Upper case. */
  name: string;
  begin: Line;
  nodes: Node[];
  end: Line;
}

const MAX_OCTETS = 75;

/** Throws {@link IcsError} where components are not closed as they were opened. */
export function parseDocument(text: string): Document {
  const root: Node[] = [];
  const open: Block[] = [];
  let number = 0;
  for (const line of unfold(text)) {
    number += 1;
    const border = /^(BEGIN|END)\s*:\s*(.*?)\s*$/i.exec(line.content.replace(/^\uFEFF/, ""));
    const nodes = open.at(-1)?.nodes ?? root;
    const name = (border?.[2] ?? "").toUpperCase();
    if (border === null) nodes.push(line);
    else if (border[1]?.toUpperCase() === "BEGIN") {
      const block: Block = { kind: "block", name, begin: line, nodes: [], end: line };
      nodes.push(block);
      open.push(block);
    } else {
      const block = open.pop();
      if (block?.name !== name) throw new IcsError(number, line.content, `does not end the ${block?.name ?? "file"}`);
      block.end = line;
    }
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) throw new IcsError(number, `BEGIN:${unclosed.name}`, "is never closed: the file has been cut off");
  return { nodes: root, lineEnd: /\r\n|\n|\r/.exec(text)?.[0] ?? "\r\n" };
}

export function textOf(document: Document): string {
  const parts: string[] = [];
  const write = (nodes: readonly Node[]) => {
    for (const node of nodes) {
      if (node.kind === "line") parts.push(node.raw);
      else {
        parts.push(node.begin.raw);
        write(node.nodes);
        parts.push(node.end.raw);
      }
    }
  };
  write(document.nodes);
  return parts.join("");
}

/** A new line, folded at 75 octets between characters (RFC 5545 §3.1). */
export function newLine(content: string, lineEnd: string): Line {
  const pieces: string[] = [];
  let piece = "";
  let octets = 0;
  for (const character of content) {
    const size = utf8Length(character);
    if (octets + size > MAX_OCTETS) {
      pieces.push(piece);
      piece = " ";
      octets = 1;
    }
    piece += character;
    octets += size;
  }
  pieces.push(piece);
  return { kind: "line", content, raw: `${pieces.join(lineEnd)}${lineEnd}` };
}

/** A component from its content lines, `BEGIN` and `END` included. */
export function newBlock(contents: readonly string[], lineEnd: string): Block {
  const raw = contents.map((content) => newLine(content, lineEnd).raw).join("");
  const [block] = parseDocument(raw).nodes;
  if (block?.kind !== "block") throw new RangeError("Not a component");
  return block;
}

export function copyOf(block: Block): Block {
  return { ...block, nodes: block.nodes.map((node) => (node.kind === "line" ? { ...node } : copyOf(node))) };
}

/** Upper case; empty for a line that is no property. */
export function nameOf(line: Line): string {
  return /^[\w-]+(?=\s*[;:])/.exec(line.content)?.[0].toUpperCase() ?? "";
}

function utf8Length(character: string): number {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

/** Lines with what they fold into; a blank line belongs to the line before it. */
function* unfold(text: string): Generator<Line, void, void> {
  let line: Line | null = null;
  for (const [raw] of text.matchAll(/[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+$/g)) {
    const content = raw.replace(/[\r\n]+$/, "");
    if (line !== null && (/^[ \t]/.test(content) || content.trim() === "")) {
      line = { kind: "line", raw: line.raw + raw, content: line.content + content.slice(1) };
      continue;
    }
    if (line !== null) yield line;
    line = { kind: "line", raw, content };
  }
  if (line !== null) yield line;
}
