import { FunctionError, isPlainObject, kindOf, type Encoded } from "./encoded-value";
import { limits } from "../limits";
import type { Validator } from "./validator";

/** The size of a value in bytes by Convex's formula (`getConvexSize` in `convex/values`). */
export function sizeOf(value: Encoded): number {
  const typed = kindOf(value);
  switch (typed.kind) {
    case "undefined":
      return 0;
    case "null":
    case "boolean":
      return 1;
    case "int64":
    case "float64":
      return 9;
    case "string":
      return 2 + Buffer.byteLength(typed.value);
    case "bytes":
      return 2 + typed.value.length;
    case "array":
      return typed.value.reduce<number>((sum, item) => sum + sizeOf(item), 2);
    case "object": {
      let sum = 2;
      for (const name in typed.value) sum += name.length + 1 + sizeOf(typed.value[name] ?? null);
      return sum;
    }
  }
}

/** Refuses nesting so deep that whoever walks the value could run out of stack: checked before anybody does. Throws {@link FunctionError}. */
export function assertNesting(value: Encoded, depth = 1): void {
  if (depth > limits.nesting) throw tooNested();
  if (typeof value !== "object" || value === null) return;
  for (const inner of Object.values(value)) assertNesting(inner, depth + 1);
}

function tooNested(): FunctionError {
  return new FunctionError(`Value is too nested (nested ${limits.nesting + 1} levels deep > maximum nesting ${limits.nesting})`);
}

/**
 * Refuses what the real backend refuses to pass: arrays over 8,192 items, deep nesting, objects with too many
 * fields or with names that are not printable ASCII or begin with `$`. Throws {@link FunctionError}.
 */
export function assertValue(value: Encoded): void {
  assertShape(value, 1, (name) => name.startsWith("$"));
}

/** As {@link assertValue} for a document, whose fields cannot begin with `_` either, but for the two system fields. */
export function assertDocument(value: Encoded): void {
  assertShape(value, 1, (name, depth) => /^[$_]/.test(name) && !(depth === 1 && (name === "_id" || name === "_creationTime")));
}

function reservedName(name: string): FunctionError {
  return new FunctionError(`Field name ${name} starts with '${name[0]}', which is reserved.`);
}

function assertCharacters(name: string): void {
  const [odd] = /[^\x20-\x7e]/.exec(name) ?? [];
  if (odd !== undefined) throw new FunctionError(`Field name ${name} has invalid character '${odd}': Field names can only contain non-control ASCII characters`);
}

/** Refuses a validator that names fields which no value can have. Throws {@link FunctionError}. */
export function assertFieldNames(validator: Validator): void {
  if (validator.type === "array") assertFieldNames(validator.value);
  else if (validator.type === "union") validator.value.forEach(assertFieldNames);
  else if (validator.type === "record") assertFieldNames(validator.values.fieldType);
  else if (validator.type === "object") {
    for (const [name, { fieldType }] of Object.entries(validator.value)) {
      if (/^[$_]/.test(name)) throw reservedName(name);
      assertCharacters(name);
      assertFieldNames(fieldType);
    }
  }
}

const SURROGATE = /[\ud800-\udfff]/;

/** Names that were found to be good anywhere: the same few come again and again. */
const goodNames = new Set<string>();
const MOST_GOOD_NAMES = 10_000;

function assertName(name: string, depth: number, reserved: (name: string, depth: number) => boolean): void {
  if (goodNames.has(name)) return;
  if (reserved(name, depth)) throw reservedName(name);
  assertCharacters(name);
  if (!/^[$_]/.test(name) && goodNames.size < MOST_GOOD_NAMES) goodNames.add(name);
}

function assertShape(value: Encoded, depth: number, reserved: (name: string, depth: number) => boolean): void {
  if (depth > limits.nesting) throw tooNested();
  if (typeof value === "string") {
    // Half a surrogate pair has no UTF-8 form: it could not be stored as it is.
    if (SURROGATE.test(value) && /\p{Surrogate}/u.test(value)) throw new FunctionError("A string holds half of a surrogate pair, which is not valid Unicode.");
  } else if (Array.isArray(value)) {
    if (value.length > limits.arrayItems) {
      throw new FunctionError(`Array length is too long (${value.length} > maximum length ${limits.arrayItems})`);
    }
    for (const item of value) assertShape(item, depth + 1, reserved);
  } else if (isPlainObject(value)) {
    let fields = 0;
    for (const name in value) {
      fields++;
      assertName(name, depth, reserved);
      assertShape(value[name] ?? null, depth + 1, reserved);
    }
    if (fields > limits.documentFields) {
      throw new FunctionError(`Object has too many fields (${fields} > maximum number ${limits.documentFields})`);
    }
  }
}
