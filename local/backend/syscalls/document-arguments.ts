import { FunctionError, isPlainObject, type Encoded, type EncodedObject } from "../values/encoded-value";

/**
 * The arguments of the syscalls on one document, as pushed code sent them. Looked at by hand, as nearly every function comes by here
 * several times: a schema took longer than the work itself. All throw {@link FunctionError} for what is not as it should be.
 */
export interface DocumentArguments {
  id: string;
  /** The table that the caller takes the id to be of. */
  table: string | undefined;
}

export function documentArguments(args: Encoded): DocumentArguments {
  const given = fieldsOf(args);
  return { id: text(given, "id"), table: given["table"] === undefined ? undefined : text(given, "table") };
}

export function getArguments(args: Encoded): DocumentArguments & { isSystem: boolean } {
  return { ...documentArguments(args), isSystem: fieldsOf(args)["isSystem"] === true };
}

export function writeArguments(args: Encoded): DocumentArguments & { value: EncodedObject } {
  return { ...documentArguments(args), value: document(fieldsOf(args)) };
}

export function insertArguments(args: Encoded): { table: string; value: EncodedObject } {
  const given = fieldsOf(args);
  return { table: text(given, "table"), value: document(given) };
}

function fieldsOf(args: Encoded): EncodedObject {
  if (isPlainObject(args)) return args;
  throw new FunctionError("Malformed arguments");
}

function text(given: EncodedObject, name: string): string {
  const value = given[name];
  if (typeof value === "string") return value;
  throw new FunctionError(`Malformed argument \`${name}\`: it must be a string.`);
}

function document({ value }: EncodedObject): EncodedObject {
  if (isPlainObject(value)) return value;
  throw new FunctionError("Malformed argument `value`: it must be an object.");
}
