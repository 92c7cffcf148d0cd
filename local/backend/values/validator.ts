import { kindOf, type Encoded } from "./encoded-value";
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

const KIND_OF_TYPE: Record<string, string> = {
  null: "null",
  number: "float64",
  bigint: "int64",
  commitTs: "int64",
  boolean: "boolean",
  string: "string",
  bytes: "bytes",
};

/** The first way in which `value` does not match, or null. `path` is where `value` itself is. */
export function findMismatch(validator: Validator, value: Encoded, isId: IdCheck, path = ""): Mismatch | null {
  const fail = (reason: string): Mismatch => ({ path, reason, value, validator });
  const typed = kindOf(value);
  switch (validator.type) {
    case "any":
      return null;
    case "id":
      if (typed.kind !== "string" || !isId(typed.value, validator.tableName)) return fail("Value does not match validator.");
      return null;
    case "literal":
      return compareValues(validator.value, value) === 0 ? null : fail("Value does not match validator.");
    case "array": {
      if (typed.kind !== "array") return fail("Value does not match validator.");
      for (const [index, item] of typed.value.entries()) {
        const found = findMismatch(validator.value, item, isId, `${path}[${index}]`);
        if (found !== null) return found;
      }
      return null;
    }
    case "union": {
      if (validator.value.some((member) => findMismatch(member, value, isId, path) === null)) return null;
      return fail("Value does not match validator.");
    }
    case "record": {
      if (typed.kind !== "object") return fail("Value does not match validator.");
      for (const [key, inner] of Object.entries(typed.value)) {
        const found =
          findMismatch(validator.keys, key, isId, `${path}.${key}`) ??
          findMismatch(validator.values.fieldType, inner, isId, `${path}.${key}`);
        if (found !== null) return found;
      }
      return null;
    }
    case "object":
      if (typed.kind !== "object") return fail("Value does not match validator.");
      return objectMismatch(validator, typed.value, isId, path);
    default:
      return typed.kind === KIND_OF_TYPE[validator.type] ? null : fail("Value does not match validator.");
  }
}

function objectMismatch(
  validator: Extract<Validator, { type: "object" }>,
  value: Record<string, Encoded>,
  isId: IdCheck,
  path: string,
): Mismatch | null {
  for (const name in validator.value) {
    const field = validator.value[name];
    if (field === undefined) continue;
    const inner = Object.hasOwn(value, name) ? value[name] : undefined;
    if (inner === undefined) {
      if (field.optional) continue;
      const reason = `Object is missing the required field \`${name}\`. Consider wrapping the field validator in \`v.optional(...)\` if this is expected.`;
      return { path, reason, value, validator };
    }
    const found = findMismatch(field.fieldType, inner, isId, `${path}.${name}`);
    if (found !== null) return found;
  }
  for (const name in value) {
    if (!Object.hasOwn(validator.value, name)) {
      return { path, reason: `Object contains extra field \`${name}\` that is not in the validator.`, value, validator };
    }
  }
  return null;
}

/** A mismatch as text of several lines, for the person who wrote the function. */
export function describeMismatch({ path, reason, value, validator }: Mismatch): string {
  const where = path === "" ? "" : `Path: ${path}\n`;
  const what = reason.startsWith("Object") ? "\nObject" : "Value";
  return `${reason}\n${where}${what}: ${shorten(JSON.stringify(value) ?? "undefined")}\nValidator: ${describeValidator(validator)}`;
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
