import { kindOf, type Encoded } from "./encoded-value";
import type { Mismatch, Validator } from "./validator";

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
