import { FunctionError } from "../values/encoded-value";

/** The type of a table's documents, in the words of the `generated_schema.jsonl` of an export. */
export type Shape =
  /** `string`, `int64`, `normalfloat64`, `unknown`, …; of a literal and of `id<…>` it is known only that they are strings. */
  | { kind: "scalar"; name: string }
  | { kind: "array"; element: Shape }
  | { kind: "record"; keys: Shape; values: Shape }
  | { kind: "object"; fields: ReadonlyMap<string, { shape: Shape; optional: boolean }> }
  | { kind: "union"; members: readonly Shape[] };

/** What a string in exported JSON may stand for. */
export type Reading = "string" | "int64" | "bytes" | "float64inf" | "nan";

export const UNKNOWN: Shape = { kind: "scalar", name: "unknown" };
const STRING: Shape = { kind: "scalar", name: "string" };

/** Which names say what a string stands for; those of numbers that JSON has, and of what is no string, say nothing. */
const READINGS: Record<string, readonly Reading[]> = {
  string: ["string"],
  field_name: ["string"],
  int64: ["int64"],
  bytes: ["bytes"],
  inf: ["float64inf"],
  "-inf": ["float64inf"],
  // There are many of them, which are told apart one by one.
  NaN: ["nan", "float64inf"],
  float64: ["nan", "float64inf"],
  unknown: ["string", "int64", "bytes", "float64inf", "nan"],
};
const SILENT = ["never", "null", "boolean", "normalfloat64", "-0"];

/** All that a string may stand for where these shapes are possible. */
export function readingsOf(shapes: readonly Shape[]): ReadonlySet<Reading> {
  return new Set(membersOf(shapes).flatMap((member) => (member.kind === "scalar" ? (READINGS[member.name] ?? []) : [])));
}

/** The shapes that an item of an array may have. */
export function elementsOf(shapes: readonly Shape[]): Shape[] {
  return membersOf(shapes).flatMap((member) => (member.kind === "array" ? [member.element] : isUnknown(member) ? [UNKNOWN] : []));
}

/** The shapes that a field of an object may have. */
export function fieldsOf(shapes: readonly Shape[], name: string): Shape[] {
  return membersOf(shapes).flatMap((member) => {
    if (member.kind === "object") return member.fields.get(name)?.shape ?? [];
    if (member.kind === "record") return [member.values];
    return isUnknown(member) ? [UNKNOWN] : [];
  });
}

/** Writes a shape such as `{"at": int64, "note"?: null | string, "tags": array<string>}`. */
export function formatShape(shape: Shape): string {
  switch (shape.kind) {
    case "scalar":
      return shape.name;
    case "array":
      return `array<${formatShape(shape.element)}>`;
    case "record":
      return `record<${formatShape(shape.keys)}, ${formatShape(shape.values)}>`;
    case "union":
      return shape.members.map(formatShape).join(" | ");
    case "object":
      return `{${[...shape.fields].map(([name, field]) => `${JSON.stringify(name)}${field.optional ? "?" : ""}: ${formatShape(field.shape)}`).join(", ")}}`;
  }
}

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|-?\w+|[{}<>,:|?])/gy;

/** Reads what {@link formatShape} writes, and Convex itself. Throws {@link FunctionError}. */
export function parseShape(text: string): Shape {
  const tokens = tokenize(text);
  let at = 0;
  const unreadable = (): FunctionError => new FunctionError(`Cannot read the generated schema near "${tokens.slice(at, at + 5).join(" ")}".`);
  const take = (expected?: string): string => {
    const token = tokens[at];
    if (token === undefined || (expected !== undefined && token !== expected)) throw unreadable();
    at++;
    return token;
  };
  /** Takes a comma, if one is next. */
  const comma = (): void => void (tokens[at] === "," && take(","));
  const union = (): Shape => {
    const members = [single()];
    while (tokens[at] === "|") {
      take("|");
      members.push(single());
    }
    return members.length === 1 && members[0] !== undefined ? members[0] : { kind: "union", members };
  };
  const single = (): Shape => {
    if (tokens[at] === "{") return object();
    if (tokens[at]?.startsWith('"')) {
      take();
      return STRING;
    }
    const name = take();
    if (tokens[at] !== "<") {
      if (READINGS[name] !== undefined || SILENT.includes(name)) return { kind: "scalar", name };
      at--;
      throw unreadable();
    }
    take("<");
    if (name === "id") {
      take();
      take(">");
      return STRING;
    }
    const [first, second] = [union(), tokens[at] === "," && take(",") === "," ? union() : null];
    take(">");
    if (name === "array" && second === null) return { kind: "array", element: first };
    if (name === "record" && second !== null) return { kind: "record", keys: first, values: second };
    throw new FunctionError(`The generated schema has a ${name}, which Convex values no longer have.`);
  };
  const object = (): Shape => {
    const fields = new Map<string, { shape: Shape; optional: boolean }>();
    take("{");
    while (tokens[at] !== "}") {
      const name = take();
      if (!name.startsWith('"')) throw unreadable();
      const optional = tokens[at] === "?";
      if (optional) take("?");
      take(":");
      fields.set(String(JSON.parse(name)), { shape: union(), optional });
      comma();
    }
    take("}");
    return { kind: "object", fields };
  };
  const shape = union();
  if (at < tokens.length) throw unreadable();
  return shape;
}

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const { lastIndex } = TOKEN;
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) throw new FunctionError(`Cannot read the generated schema near "${text.slice(lastIndex, lastIndex + 20)}".`);
    tokens.push(token);
  }
  return tokens;
}

function membersOf(shapes: readonly Shape[]): Shape[] {
  return shapes.flatMap((shape) => (shape.kind === "union" ? membersOf(shape.members) : [shape]));
}

function isUnknown(shape: Shape): boolean {
  return shape.kind === "scalar" && shape.name === "unknown";
}
