import { encodeInt64, encodeNumber, FunctionError, isPlainObject, kindOf, type Encoded, type EncodedObject } from "../values/encoded-value";
import { elementsOf, fieldsOf, readingsOf, type Shape } from "./shape";

/**
 * The JSON of exports is easy to read and says less than the values: an int64 is a string of digits, bytes are base64, numbers
 * that JSON lacks are their names. The shape of the table says what they were; where it leaves a choice, a hint does.
 */
export type Hint = "infer" | "int64" | "bytes" | "float64inf" | { $float64NaN: string } | Hint[] | { [field: string]: Hint };

const NOT_FINITE: Record<string, number> = { Infinity, "-Infinity": -Infinity };

/** A value as JSON text of an export. */
export function toCleanJson(value: Encoded): string {
  const typed = kindOf(value);
  switch (typed.kind) {
    case "int64":
      return `"${typed.value}"`;
    case "bytes":
      return `"${typed.value.toString("base64")}"`;
    case "float64":
      if (Object.is(typed.value, -0)) return "-0.0";
      return Number.isFinite(typed.value) ? JSON.stringify(typed.value) : `"${typed.value}"`;
    case "array":
      return `[${typed.value.map(toCleanJson).join(",")}]`;
    case "object":
      return `{${Object.entries(typed.value).map(([name, inner]) => `${JSON.stringify(name)}:${toCleanJson(inner)}`).join(",")}}`;
    default:
      return JSON.stringify(value);
  }
}

/** What must be said of a value besides its JSON and the shapes it may have, or null. */
export function hintFor(value: Encoded, shapes: readonly Shape[]): Hint | null {
  const typed = kindOf(value);
  switch (typed.kind) {
    case "int64":
      return isOnly("int64", shapes) ? null : "int64";
    case "bytes":
      return isOnly("bytes", shapes) ? null : "bytes";
    case "float64":
      if (Number.isNaN(typed.value)) return { $float64NaN: bytesOfNumber(value) };
      return Number.isFinite(typed.value) || isOnly("float64inf", shapes) ? null : "float64inf";
    case "array": {
      const inner = elementsOf(shapes);
      const hints = typed.value.map((item) => hintFor(item, inner));
      return hints.every((hint) => hint === null) ? null : hints.map((hint) => hint ?? "infer");
    }
    case "object": {
      const hints = Object.entries(typed.value).flatMap(([name, inner]): [string, Hint][] => {
        const hint = hintFor(inner, fieldsOf(shapes, name));
        return hint === null ? [] : [[name, hint]];
      });
      return hints.length === 0 ? null : Object.fromEntries(hints);
    }
    default:
      return null;
  }
}

/** Whether some value of this shape needs a hint. */
export function needsHints(shape: Shape): boolean {
  const readings = readingsOf([shape]);
  if (readings.size > 1) return true;
  const members = shape.kind === "union" ? shape.members : [shape];
  return members.some((member) => {
    if (member.kind === "array") return needsHints(member.element);
    if (member.kind === "record") return needsHints(member.values);
    return member.kind === "object" && [...member.fields.values()].some((field) => needsHints(field.shape));
  });
}

/** The value that exported JSON stands for. Special values that are encoded already stay. Throws {@link FunctionError}. */
export function fromCleanJson(json: Encoded, shapes: readonly Shape[], hint: Encoded = "infer"): Encoded {
  if (typeof json === "number") return encodeNumber(json);
  if (typeof json === "string") return fromText(json, shapes, hint);
  if (Array.isArray(json)) {
    const inner = elementsOf(shapes);
    return json.map((item, at) => fromCleanJson(item, inner, Array.isArray(hint) ? hint[at] : "infer"));
  }
  if (!isPlainObject(json)) return json;
  const hints: EncodedObject = typeof hint === "object" && hint !== null && !Array.isArray(hint) ? hint : {};
  return Object.fromEntries(Object.entries(json).map(([name, inner]) => [name, fromCleanJson(inner, fieldsOf(shapes, name), Object.hasOwn(hints, name) ? hints[name] : "infer")]));
}

function fromText(text: string, shapes: readonly Shape[], hint: Encoded): Encoded {
  if (typeof hint === "object" && hint !== null && !Array.isArray(hint)) {
    const bytes = hint["$float64NaN"];
    if (text === "NaN" && typeof bytes === "string") return { $float: bytes };
    throw new FunctionError(`"${text}" is not what the generated schema says of it.`);
  }
  const readings = readingsOf(shapes);
  const [only = "string"] = hint === "infer" ? (readings.size === 1 ? readings : []) : [hint];
  if (only === "string") return text;
  if (only === "bytes") return { $bytes: text };
  if (only === "int64" && /^-?\d{1,19}$/.test(text)) {
    const value = BigInt(text);
    if (BigInt.asIntN(64, value) === value) return encodeInt64(value);
  }
  const number = only === "float64inf" ? NOT_FINITE[text] : undefined;
  if (number === undefined) throw new FunctionError(`"${text}" is not what the generated schema says of it (${JSON.stringify(only)}).`);
  return encodeNumber(number);
}

function isOnly(reading: "int64" | "bytes" | "float64inf", shapes: readonly Shape[]): boolean {
  const readings = readingsOf(shapes);
  return readings.size === 1 && readings.has(reading);
}

/** Base64 of its eight bytes, little-endian. */
function bytesOfNumber(value: Encoded): string {
  return isSpecialFloat(value) ? value.$float : "";
}

function isSpecialFloat(value: Encoded): value is { $float: string } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && typeof value["$float"] === "string";
}
