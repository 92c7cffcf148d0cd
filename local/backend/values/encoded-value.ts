/**
 * Convex values in the JSON form of `convexToJson`: the form in which they are stored, indexed,
 * validated and sent. Special types are objects with one `$` key (`$integer`, `$float`, `$bytes`).
 */
export type Encoded = null | boolean | number | string | Encoded[] | EncodedObject;
export interface EncodedObject {
  [key: string]: Encoded;
}

export type Kind =
  | { kind: "undefined" }
  | { kind: "null" }
  | { kind: "int64"; value: bigint }
  | { kind: "float64"; value: number }
  | { kind: "boolean"; value: boolean }
  | { kind: "string"; value: string }
  | { kind: "bytes"; value: Buffer }
  | { kind: "array"; value: Encoded[] }
  | { kind: "object"; value: EncodedObject };

/** An error the caller of a function made, or a rule of Convex that a function broke; shown to it as it is. */
export class FunctionError extends Error {
  override name = "FunctionError";
}

/** The type and decoded value of `value`. Throws {@link FunctionError} for a malformed special value. */
export function kindOf(value: Encoded | undefined): Kind {
  if (value === undefined) return { kind: "undefined" };
  if (value === null) return { kind: "null" };
  if (typeof value === "number") return { kind: "float64", value };
  if (typeof value === "boolean") return { kind: "boolean", value };
  if (typeof value === "string") return { kind: "string", value };
  if (Array.isArray(value)) return { kind: "array", value };
  return special(value) ?? { kind: "object", value };
}

function special(value: EncodedObject): Kind | null {
  let only: string | null = null;
  for (const key in value) {
    if (only !== null) return null;
    only = key;
  }
  if (only === null || !only.startsWith("$")) return null;
  const inner = value[only];
  if (only === "$undefined") return { kind: "undefined" };
  if (typeof inner !== "string") throw new FunctionError(`Malformed ${only} value`);
  const bytes = Buffer.from(inner, "base64");
  if (only === "$bytes") return { kind: "bytes", value: bytes };
  if (bytes.length !== 8) throw new FunctionError(`Malformed ${only} value: ${bytes.length} bytes, expected 8`);
  if (only === "$integer") return { kind: "int64", value: bytes.readBigInt64LE() };
  if (only === "$float") return { kind: "float64", value: bytes.readDoubleLE() };
  throw new FunctionError(`Unknown value type ${only}`);
}

/** Whether `value` is an object with fields, rather than an array or one of the special values. */
export function isPlainObject(value: unknown): value is EncodedObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && special(value as EncodedObject) === null;
}

/** JSON text to a value. Throws a SyntaxError. The result is JSON, and so an encoded value, by construction. */
export function parseEncoded(text: string): Encoded {
  return JSON.parse(text) as Encoded;
}

/** Encodes a number, which JSON cannot always hold. */
export function encodeNumber(value: number): Encoded {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return { $float: bytes.toString("base64") };
}

/** Encodes a 64-bit integer. Throws RangeError when it does not fit. */
export function encodeInt64(value: bigint): Encoded {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return { $integer: bytes.toString("base64") };
}

/** The value at a dotted path such as `owner.email`, or undefined. */
export function fieldAt(document: EncodedObject, path: string): Encoded | undefined {
  if (!path.includes(".")) return Object.hasOwn(document, path) ? document[path] : undefined;
  let current: Encoded | undefined = document;
  for (const part of path.split(".")) {
    if (!isPlainObject(current) || !Object.hasOwn(current, part)) return undefined;
    current = current[part];
  }
  return current;
}
