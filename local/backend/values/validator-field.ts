import type { Validator } from "./validator";

/** Whether a value that matches the validator can have a field at this path, such as `["owner", "email"]`. */
export function mayHaveField(validator: Validator, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return true;
  switch (validator.type) {
    case "any":
      return true;
    case "union":
      return validator.value.some((member) => mayHaveField(member, path));
    case "record":
      return mayHaveField(validator.values.fieldType, rest);
    case "object": {
      const field = Object.hasOwn(validator.value, name) ? validator.value[name] : undefined;
      return field !== undefined && mayHaveField(field.fieldType, rest);
    }
    default:
      return false;
  }
}
