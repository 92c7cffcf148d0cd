import { SourceMap } from "node:module";
import { z } from "zod";

/** What a stack names a module of the default runtime by: this, the component and `;` (for the app nothing), and the path. */
export const MODULE_SCHEME = "convex:";

const LOCATION = /(?:convex:|file:\/\/\S*?\/modules\/[^/]+\/)([^\s()]+?):(\d+):(\d+)/;
const SHOWN_FRAMES = 10;

const sourceMap = z.object({ version: z.number(), sources: z.array(z.string()), names: z.array(z.string()).default([]), mappings: z.string() });
const texts = new Map<string, string>();
const parsed = new Map<string, SourceMap | null>();

/** Keeps the source map of a module of this thread, as the CLI pushed it, for {@link sourceFrames}. */
export function keepSourceMap(module: string, json: string | undefined): void {
  if (json !== undefined) texts.set(module, json);
}

/** Of a stack the frames in pushed code, each at its place in the source. */
export function sourceFrames(stack: string): string {
  const frames = stack.split("\n").filter((line) => line.startsWith("    at ") && LOCATION.test(line));
  return frames.slice(0, SHOWN_FRAMES).map((line) => "\n" + line.replace(LOCATION, atSource)).join("");
}

const FRAME = /^\s+at /;

/** A text with stacks in it, such as of errors on the console, with only the frames in pushed code, each at its place in the source. */
export function withSourceFrames(text: string): string {
  if (!text.includes("\n")) return text;
  const shown: string[] = [];
  for (const line of text.split("\n")) {
    if (!FRAME.test(line)) shown.push(line);
    else if (LOCATION.test(line)) shown.push(line.replace(LOCATION, atSource));
    // What belongs to the error besides its stack is opened behind the last frame.
    else if (line.endsWith(" {")) shown.push(`${shown.pop() ?? ""} {`);
  }
  return shown.join("\n");
}

function atSource(_all: string, module: string, line: string, column: string): string {
  // V8 counts lines and columns from one, source maps from nothing.
  const entry = mapOf(module)?.findEntry(Number(line) - 1, Number(column) - 1);
  if (entry === undefined || !("originalSource" in entry)) return `../convex/${module}:${line}:${column}`;
  return `${entry.originalSource.replace(/^(?:\.\.\/)+(?=convex\/|.*node_modules\/)/, "../")}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
}

/** A map is parsed when the first error of its module is shown; one that is malformed is as good as none. */
function mapOf(module: string): SourceMap | null {
  const known = parsed.get(module);
  if (known !== undefined) return known;
  const made = parse(texts.get(module));
  parsed.set(module, made);
  return made;
}

function parse(json: string | undefined): SourceMap | null {
  if (json === undefined) return null;
  try {
    const { version, sources, names, mappings } = sourceMap.parse(JSON.parse(json));
    return new SourceMap({ file: "", version, sources, sourcesContent: [], names, mappings, sourceRoot: "" });
  } catch {
    return null;
  }
}
