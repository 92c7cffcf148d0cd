const LF = 0x0a;
const CR = 0x0d;

/**
 * The text of an iCalendar file. RFC 5545 §6 asks for UTF-8; other files exist, and they are read too:
 *
 * - UTF-16, with a byte order mark or without;
 * - UTF-8 whose folds were put into the middle of a character (§3.1 warns of it): the character is put together again;
 * - lines that are not UTF-8 at all: these alone are read as Windows-1252.
 *
 * Lines keep their numbers. Never throws.
 */
export function decodeCalendar(bytes: Uint8Array): string {
  const wide = wideEncoding(bytes);
  if (wide !== null) return new TextDecoder(wide).decode(bytes);
  return strictUtf8(bytes) ?? linesOf(bytes).map((line) => strictUtf8(line) ?? windows1252(line)).join("");
}

function wideEncoding(bytes: Uint8Array): "utf-16le" | "utf-16be" | null {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  if (first !== 0 && second === 0 && third !== 0 && fourth === 0) return "utf-16le";
  if (first === 0 && second !== 0 && third === 0 && fourth !== 0) return "utf-16be";
  return null;
}

/** What Windows-1252 has from 0x80 to 0x9F, where Latin-1 has controls. Some engines' decoders leave those in place. */
const WINDOWS_1252 = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ";

function windows1252(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252.charAt(byte - 0x80) : String.fromCharCode(byte);
  return text;
}

function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The lines with their line ends, and with characters that a fold cut in two moved whole to the line they begin in. */
function linesOf(bytes: Uint8Array): Uint8Array[] {
  const lines = split(bytes);
  for (let index = 0; index + 1 < lines.length; index += 1) {
    const [line, next] = [lines[index], lines[index + 1]];
    if (line === undefined || next === undefined || !isBlank(next[0])) continue;
    const end = contentEnd(line);
    const missing = missingBytes(line.subarray(0, end));
    const rest = next.subarray(1, 1 + missing);
    if (missing === 0 || rest.length < missing || !rest.every(isContinuation)) continue;
    lines[index] = Uint8Array.from([...line.subarray(0, end), ...rest, ...line.subarray(end)]);
    lines[index + 1] = Uint8Array.from([next[0] ?? LF, ...next.subarray(1 + missing)]);
  }
  return lines;
}

function split(bytes: Uint8Array): Uint8Array[] {
  const lines: Uint8Array[] = [];
  let start = 0;
  for (let index = 0; index < bytes.length; index += 1) {
    const isEnd = bytes[index] === LF || (bytes[index] === CR && bytes[index + 1] !== LF);
    if (!isEnd) continue;
    lines.push(bytes.subarray(start, index + 1));
    start = index + 1;
  }
  lines.push(bytes.subarray(start));
  return lines;
}

function contentEnd(line: Uint8Array): number {
  let end = line.length;
  while (end > 0 && (line[end - 1] === LF || line[end - 1] === CR)) end -= 1;
  return end;
}

/** How many bytes the last character of the line still lacks. */
function missingBytes(line: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= line.length; back += 1) {
    const byte = line[line.length - back] ?? 0;
    if (isContinuation(byte)) continue;
    const size = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return Math.max(0, size - back);
  }
  return 0;
}

function isContinuation(byte: number): boolean {
  return byte >= 0x80 && byte < 0xc0;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09;
}
