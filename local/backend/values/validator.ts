import { isPlainObject, kindOf, type Encoded } from "./encoded-value";
import { compareValues } from "./keys";

/** A validator in the JSON form that `convex/values` exports and the CLI pushes. */
export type Validator =
  | { type: "null" | "number" | "bigint" | "boolean" | "string" | "bytes" | "any" | "commitTs" }
  | { type: "literal"; value: Encoded }
  | { type: "id"; tableName: string }
  | { type: "array"; value: Validator }
  | { type: "record"; keys: Validator; values: { fieldType: Validator } }
  | { type: "union"; value: Validator[] }
  | { type: "object"; value: Record<string, { fieldType: Validator; optional: boolean }> };

/** Where and why a value does not match. */
export interface Mismatch {
  path: string;
  reason: string;
  value: Encoded | undefined;
  validator: Validator;
}

/** Says whether `id` is an id of a document in the table called `tableName`. */
export type IdCheck = (id: string, tableName: string) => boolean;

const KIND_OF_TYPE: Record<"bigint" | "commitTs" | "bytes", string> = { bigint: "int64", commitTs: "int64", bytes: "bytes" };

/** The first way in which `value` does not match, or null. */
export function findMismatch(validator: Validator, value: Encoded, isId: IdCheck): Mismatch | null {
  const fail = (reason = "Value does not match validator."): Mismatch => ({ path: "", reason, value, validator });
  switch (validator.type) {
    case "any":
      return null;
    case "id":
      return typeof value === "string" && isId(value, validator.tableName) ? null : fail();
    case "string":
      return typeof value === "string" ? null : fail();
    case "boolean":
      return typeof value === "boolean" ? null : fail();
    case "null":
      return value === null ? null : fail();
    case "number":
      return typeof value === "number" || kindOf(value).kind === "float64" ? null : fail();
    case "literal":
      if (typeof validator.value === "string") return validator.value === value ? null : fail();
      return compareValues(validator.value, value) === 0 ? null : fail();
    case "array":
      if (!Array.isArray(value)) return fail();
      for (const [index, item] of value.entries()) {
        const found = findMismatch(validator.value, item, isId);
        if (found !== null) return within(`[${index}]`, found);
      }
      return null;
    case "union":
      return validator.value.some((member) => findMismatch(member, value, isId) === null) ? null : fail();
    case "record":
      if (!isPlainObject(value)) return fail();
      for (const name in value) {
        const found = findMismatch(validator.keys, name, isId) ?? findMismatch(validator.values.fieldType, value[name] ?? null, isId);
        if (found !== null) return within(`.${name}`, found);
      }
      return null;
    case "object":
      return isPlainObject(value) ? objectMismatch(validator, value, isId, fail) : fail();
    default:
      return kindOf(value).kind === KIND_OF_TYPE[validator.type] ? null : fail();
  }
}

function objectMismatch(
  validator: Extract<Validator, { type: "object" }>,
  value: Record<string, Encoded>,
  isId: IdCheck,
  fail: (reason: string) => Mismatch,
): Mismatch | null {
  for (const name in validator.value) {
    const field = validator.value[name];
    if (field === undefined) continue;
    const inner = Object.hasOwn(value, name) ? value[name] : undefined;
    if (inner === undefined) {
      if (field.optional) continue;
      return fail(`Object is missing the required field \`${name}\`. Consider wrapping the field validator in \`v.optional(...)\` if this is expected.`);
    }
    const found = findMismatch(field.fieldType, inner, isId);
    if (found !== null) return within(`.${name}`, found);
  }
  for (const name in value) {
    if (!Object.hasOwn(validator.value, name)) return fail(`Object contains extra field \`${name}\` that is not in the validator.`);
  }
  return null;
}

/** A mismatch inside of something, as seen from outside. */
function within(step: string, found: Mismatch): Mismatch {
  return { ...found, path: step + found.path };
}

/** A mismatch as text of several lines, for the person who wrote the function. */
export function describeMismatch({ path, reason, value, validator }: Mismatch): string {
  const where = path === "" ? "" : `Path: ${path}\n`;
  const what = reason.startsWith("Object") ? "\nObject" : "Value";
  return `${reason}\n${where}${what}: ${shorten(describeValue(value))}\nValidator: ${describeValidator(validator)}`;
}

/** A value as Convex's messages show it: `{name: "a", rank: 1.0}`. */
function describeValue(value: Encoded | undefined): string {
  const typed = kindOf(value);
  switch (typed.kind) {
    case "float64":
      return Number.isInteger(typed.value) ? typed.value.toFixed(1) : String(typed.value);
    case "int64":
      return String(typed.value);
    case "array":
      return `[${typed.value.map(describeValue).join(", ")}]`;
    case "object":
      return `{${Object.entries(typed.value).map(([name, inner]) => `${/^\w+$/.test(name) ? name : JSON.stringify(name)}: ${describeValue(inner)}`).join(", ")}}`;
    default:
      return JSON.stringify(value) ?? "undefined";
  }
}

function shorten(text: string): string {
  return text.length > 1000 ? `${text.slice(0, 1000)}…` : text;
}

/** A validator as the code that makes it. */
export function describeValidator(validator: Validator): string {
  switch (validator.type) {
    case "number":
      return "v.float64()";
    case "bigint":
      return "v.int64()";
    case "literal":
      return `v.literal(${JSON.stringify(validator.value)})`;
    case "id":
      return `v.id(${JSON.stringify(validator.tableName)})`;
    case "array":
      return `v.array(${describeValidator(validator.value)})`;
    case "record":
      return `v.record(${describeValidator(validator.keys)}, ${describeValidator(validator.values.fieldType)})`;
    case "union":
      return `v.union(${validator.value.map(describeValidator).join(", ")})`;
    case "object": {
      const fields = Object.entries(validator.value).map(([name, { fieldType, optional }]) => {
        const inner = describeValidator(fieldType);
        return `${name}: ${optional ? `v.optional(${inner})` : inner}`;
      });
      return `v.object({${fields.join(", ")}})`;
    }
    default:
      return `v.${validator.type}()`;
  }
}
