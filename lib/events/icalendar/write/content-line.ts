import { type IcsProperty, parseProperty } from "../property";

/** A content line taken apart at the `;` and `:` that are not inside quotes (RFC 5545 §3.1). */
interface Parts {
  name: string;
  /** As written, `NAME=value`. */
  params: string[];
  value: string;
}

/** Values of parameters by name; null takes the parameter away. */
export type Params = Readonly<Record<string, string | null>>;

/** The property of one unfolded line; null when it cannot be read. */
export function propertyOfLine(content: string): IcsProperty | null {
  return /[\r\n]/.test(content) ? null : parseProperty(content, 0);
}

export function contentLine(name: string, params: Params, value: string): string {
  return joined({ name, params: written(params), value });
}

/** `content` with another value and some parameters changed; all others stay as they are. */
export function editedLine(content: string, params: Params, value: string): string {
  const parts = partsOf(content);
  const changed = new Set(Object.keys(params).map((name) => name.toUpperCase()));
  const kept = parts.params.filter((param) => !changed.has((param.split("=")[0] ?? "").trim().toUpperCase()));
  return joined({ name: parts.name, params: [...kept, ...written(params)], value });
}

/** TEXT (RFC 5545 §3.3.11). */
export function escapeText(text: string): string {
  return text.replace(/[\\;,]/g, "\\$&").replace(/\r\n|\n|\r/g, "\\n");
}

function joined({ name, params, value }: Parts): string {
  // A value is one line: what would end it cannot be part of it.
  return `${[name, ...params].join(";")}:${value}`.replace(/[\r\n]/g, " ");
}

function written(params: Params): string[] {
  return Object.entries(params).flatMap(([name, value]) => (value === null ? [] : [`${name}=${quoted(value)}`]));
}

/** Quotes where they are needed; what no parameter may hold, as RFC 6868 has it. */
function quoted(value: string): string {
  const escaped = value.replaceAll("^", "^^").replaceAll('"', "^'").replace(/\r\n|\n|\r/g, "^n");
  return /[,;:]/.test(escaped) ? `"${escaped}"` : escaped;
}

function partsOf(content: string): Parts {
  const pieces: string[] = [];
  let from = 0;
  let inQuotes = false;
  for (let index = 0; index < content.length; index += 1) {
    const character = content[index];
    if (character === '"') inQuotes = !inQuotes;
    else if (!inQuotes && (character === ";" || character === ":")) {
      pieces.push(content.slice(from, index));
      from = index + 1;
      if (character === ":") break;
    }
  }
  const [name = "", ...params] = pieces;
  return { name, params, value: content.slice(from) };
}
