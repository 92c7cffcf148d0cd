/** One property of a component, its value still as it was written. */
export interface IcsProperty {
  /** Upper case. */
  name: string;
  /** The first value of each parameter, by its name in lower case, without VALUE. */
  params: Readonly<Record<string, string>>;
  /** The VALUE parameter in upper case; null where the property has its default type. */
  valueType: string | null;
  value: string;
  /** Number of its first line in the text, from 1. */
  line: number;
}

const NAME = /([A-Za-z0-9-]+)\s*(?=[;:])/y;
const PARAM = /;\s*([A-Za-z0-9-]+)\s*(?:=|(?=[;:]))/y;
/** In quotes anything but a quote may stand; without them, nothing that ends the value. */
const PARAM_VALUE = /"([^"]*)"|([^",;:]*)/y;
/**
 * Producers forget the quotes around `(GMT+01:00) Paris, Rome` and `tzone://Microsoft/Custom`. The times that have a
 * TZID hold no colon: the last one is where they begin.
 */
const BARE_TZID = /([^";]*)(?=;|:[^:]*$)/y;
interface ParamValue {
  text: string;
  end: number;
}

const NO_PARAMS: Readonly<Record<string, string>> = Object.freeze({});

/**
 * Takes a content line apart (RFC 5545 §3.1, RFC 6868 for what parameters cannot hold otherwise); null where it is not
 * one.
 */
export function parseProperty(content: string, line: number): IcsProperty | null {
  NAME.lastIndex = 0;
  const name = NAME.exec(content)?.[1];
  if (name === undefined) return null;
  let at = NAME.lastIndex;
  let params: Record<string, string> | null = null;
  while (content[at] === ";") {
    if (content[at + 1] === ";") {
      at += 1;
      continue;
    }
    PARAM.lastIndex = at;
    const param = PARAM.exec(content)?.[1];
    if (param === undefined) return null;
    const key = param.toLowerCase();
    const value = (key === "tzid" ? bareTzid(content, PARAM.lastIndex) : null) ?? paramValue(content, PARAM.lastIndex);
    if (value === null) return null;
    params ??= Object.create(null) as Record<string, string>;
    params[key] ??= value.text;
    at = value.end;
  }
  if (content[at] !== ":") return null;
  const { value: valueType, ...others } = params ?? NO_PARAMS;
  return {
    name: name.toUpperCase(),
    params: params === null ? NO_PARAMS : others,
    valueType: valueType?.toUpperCase() ?? null,
    value: content.slice(at + 1),
    line,
  };
}

function bareTzid(content: string, from: number): ParamValue | null {
  BARE_TZID.lastIndex = from;
  const text = BARE_TZID.exec(content)?.[1];
  return text === undefined ? null : { text, end: BARE_TZID.lastIndex };
}

/** The first of the values from there on, and where the last of them ends; null where a quote is never closed. */
function paramValue(content: string, from: number): ParamValue | null {
  let text: string | null = null;
  let end = from;
  for (;;) {
    PARAM_VALUE.lastIndex = end;
    const match = PARAM_VALUE.exec(content);
    if (match === null) return null;
    text ??= unescapeParam(match[1] ?? match[2] ?? "");
    end = PARAM_VALUE.lastIndex;
    const next = content[end];
    if (next === ";" || next === ":") return { text, end };
    if (next !== ",") return null;
    end += 1;
  }
}

function unescapeParam(text: string): string {
  if (!text.includes("^")) return text;
  return text.replace(/\^([n^'])/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped === "^" ? "^" : '"'));
}
