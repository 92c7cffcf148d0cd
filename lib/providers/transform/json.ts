/** JSON as a provider sends it: nothing in it is known until a schema has looked at it. */
export type JsonObject = { [key: string]: unknown };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The named members that are present; `undefined` counts as absent. */
export function pick(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(names.flatMap((name) => (Object.hasOwn(object, name) && object[name] !== undefined ? [[name, object[name]]] : [])));
}

/** Members that are null are left out, at every depth: providers write null and nothing for the same. Lists keep theirs. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).flatMap(([name, member]) => (member === null ? [] : [[name, withoutNulls(member)]])));
}
