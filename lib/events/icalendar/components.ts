import ICAL from "ical.js";
import { IcsError, shortened } from "./ics-error";

/** One property of a component, its value still as it was written. */
export interface IcsProperty {
  /** Upper case. */
  name: string;
  /** Parameter names in lower case, without VALUE. */
  params: Readonly<Record<string, string>>;
  /** The VALUE parameter in upper case; null where the property has its default type. */
  valueType: string | null;
  value: string;
  /** Number of its first line in the text, from 1. */
  line: number;
}

export interface IcsComponent {
  /** Upper case. */
  name: string;
  properties: IcsProperty[];
  components: IcsComponent[];
  line: number;
}

/** A broken line of one of these changes when or what the event is; any other broken line is passed over. */
const ESSENTIAL = /^(BEGIN|END|UID|DTSTART|DTEND|DURATION|RRULE|RDATE|EXDATE|RECURRENCE-ID|STATUS)\b/i;
const MAX_DEPTH = 8;

/** Lets ical.js take names, parameters and quoting apart, and leaves every value as text: we say what is wrong with it. */
const RAW_VALUES = { property: Object.create(null), param: ICAL.design.icalendar.param, value: {}, propertyGroups: false };

/**
 * Reads iCalendar text (RFC 5545 §3.1) into its top-level components, usually one VCALENDAR. Line ends and folds
 * of all kinds are accepted. Throws {@link IcsError} where the structure is broken.
 */
export function parseComponents(text: string): IcsComponent[] {
  const roots: IcsComponent[] = [];
  const open: IcsComponent[] = [];
  for (const { content, line } of unfold(text)) {
    const border = /^(BEGIN|END)\s*:\s*(.*?)\s*$/i.exec(content);
    const parent = open.at(-1);
    if (border === null) {
      if (parent === undefined) {
        if (roots.length > 0) continue;
        throw new IcsError(line, content, "comes before BEGIN:VCALENDAR; this is not a calendar file");
      }
      const property = parseProperty(content, line);
      if (property !== null) parent.properties.push(property);
      continue;
    }
    const name = (border[2] ?? "").toUpperCase();
    if (border[1]?.toUpperCase() === "BEGIN") {
      if (open.length >= MAX_DEPTH) throw new IcsError(line, content, "is nested too deeply");
      const component: IcsComponent = { name, properties: [], components: [], line };
      (parent?.components ?? roots).push(component);
      open.push(component);
    } else {
      if (parent?.name !== name) throw new IcsError(line, content, `does not end the ${parent?.name ?? "file"}`);
      open.pop();
    }
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) {
    throw new IcsError(unclosed.line, `BEGIN:${unclosed.name}`, "is never closed: the file has been cut off");
  }
  if (roots.length === 0) throw new IcsError(1, "", "is empty");
  return roots;
}

/** The first property of that name. */
export function propertyOf(component: IcsComponent, name: string): IcsProperty | null {
  return component.properties.find((property) => property.name === name) ?? null;
}

/** All properties of that name, in order. */
export function propertiesOf(component: IcsComponent, name: string): IcsProperty[] {
  return component.properties.filter((property) => property.name === name);
}

function parseProperty(content: string, line: number): IcsProperty | null {
  try {
    const parsed: unknown = ICAL.parse.property(content, RAW_VALUES);
    if (!Array.isArray(parsed)) return null;
    const [name, params, type, value] = parsed as unknown[];
    if (typeof name !== "string" || typeof value !== "string") return null;
    return {
      name: name.trim().toUpperCase(),
      params: textParams(params),
      valueType: typeof type === "string" && type !== "unknown" ? type.toUpperCase() : null,
      value,
      line,
    };
  } catch {
    if (ESSENTIAL.test(content)) throw new IcsError(line, shortened(content), "cannot be read");
    return null;
  }
}

function textParams(params: unknown): Record<string, string> {
  const texts: Record<string, string> = {};
  if (typeof params !== "object" || params === null) return texts;
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === "string") texts[name.toLowerCase()] = value;
    else if (Array.isArray(value) && typeof value[0] === "string") texts[name.toLowerCase()] = value[0];
  }
  return texts;
}

/** Joins folded lines (a line end followed by a space or tab) and skips empty ones. */
function* unfold(text: string): Generator<{ content: string; line: number }, void, void> {
  const lines = text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  let pieces: string[] = [];
  let start = 0;
  for (const [index, line] of lines.entries()) {
    if (/^[ \t]/.test(line) && pieces.length > 0) {
      pieces.push(line.slice(1));
      continue;
    }
    if (pieces.length > 0) yield { content: pieces.join(""), line: start };
    pieces = line.trim() === "" ? [] : [line];
    start = index + 1;
  }
  if (pieces.length > 0) yield { content: pieces.join(""), line: start };
}
