import { encodeInt64, encodeNumber, FunctionError, type Encoded } from "../values/encoded-value";

/**
 * The type in a `generated_schema.jsonl` of an export, as far as it says more than the JSON beside it: in such JSON an int64 is
 * a string of digits, bytes are a string of base64, and numbers that JSON lacks are their names.
 */
export type Shape =
  | { kind: "named"; name: string }
  | { kind: "object"; fields: Map<string, Shape> }
  | { kind: "container"; inner: Shape[] }
  | { kind: "union"; members: Shape[] };

const SPECIAL_NUMBERS: Record<string, number> = { NaN, Infinity, "-Infinity": -Infinity, "-0": -0 };
const TOKEN = /\s*("(?:[^"\\]|\\.)*"|[A-Za-z_][\w]*|[{}<>[\](),:|?])/gy;

/** Reads a type such as `{"at": int64, "tags": array<string>, "note"?: string | null}`. Throws {@link FunctionError}. */
export function parseShape(text: string): Shape {
  const tokens = tokenize(text);
  let at = 0;
  const take = (expected?: string): string => {
    const token = tokens[at++] ?? "";
    if (token === "" || (expected !== undefined && token !== expected)) throw new FunctionError(`Cannot read the generated schema near "${tokens.slice(at - 1, at + 4).join(" ")}".`);
    return token;
  };
  const union = (): Shape => {
    const members = [single()];
    while (tokens[at] === "|") {
      take("|");
      members.push(single());
    }
    return members.length === 1 && members[0] !== undefined ? members[0] : { kind: "union", members };
  };
  const list = (end: string): Shape[] => {
    const inner: Shape[] = [];
    while (tokens[at] !== end) {
      inner.push(union());
      if (tokens[at] === ",") take(",");
    }
    take(end);
    return inner;
  };
  const single = (): Shape => {
    const token = take();
    if (token === "{") return object();
    if (token === "(") {
      const inner = union();
      take(")");
      return inner;
    }
    if (token === "[") return { kind: "container", inner: list("]") };
    if (tokens[at] !== "<") return { kind: "named", name: token };
    take("<");
    return { kind: "container", inner: list(">") };
  };
  const object = (): Shape => {
    const fields = new Map<string, Shape>();
    while (tokens[at] !== "}") {
      const name = take();
      if (tokens[at] === "?") take("?");
      take(":");
      fields.set(name.startsWith('"') ? String(JSON.parse(name)) : name, union());
      if (tokens[at] === ",") take(",");
    }
    take("}");
    return { kind: "object", fields };
  };
  const shape = union();
  if (at < tokens.length) throw new FunctionError(`Cannot read the generated schema near "${tokens.slice(at, at + 4).join(" ")}".`);
  return shape;
}

/** The value that exported JSON of this type stands for. What is encoded already, or is what it says, stays. */
export function applyShape(shape: Shape, json: Encoded): Encoded {
  if (typeof json === "string") return fromText(shape, json);
  if (typeof json === "number" && names(shape).has("int64") && !names(shape).has("normalfloat64") && !names(shape).has("float64") && Number.isSafeInteger(json)) {
    return encodeInt64(BigInt(json));
  }
  if (typeof json !== "object" || json === null) return json;
  const members = membersOf(shape);
  if (Array.isArray(json)) {
    const inner = members.flatMap((member) => (member.kind === "container" ? member.inner : []));
    return inner.length === 0 ? json : json.map((item) => applyShape({ kind: "union", members: inner }, item));
  }
  const result: Record<string, Encoded> = {};
  for (const [name, value] of Object.entries(json)) {
    const candidates = members.flatMap((member) => (member.kind === "object" ? [member.fields.get(name)] : member.kind === "container" ? member.inner.slice(-1) : []));
    const known = candidates.filter((candidate) => candidate !== undefined);
    result[name] = known.length === 0 ? value : applyShape({ kind: "union", members: known }, value);
  }
  return result;
}

function fromText(shape: Shape, text: string): Encoded {
  const possible = names(shape);
  // Where a string is possible too, the export names each exception one by one; without that a string is a string.
  if ([...possible].some((name) => name === "string" || name === "field_name" || name === "identifier" || name === "id" || name.startsWith('"'))) return text;
  if (possible.has("int64") && /^-?\d+$/.test(text)) return encodeInt64(BigInt(text));
  if (possible.has("bytes")) return { $bytes: text };
  const number = SPECIAL_NUMBERS[text];
  return number === undefined ? text : encodeNumber(number);
}

function membersOf(shape: Shape): Shape[] {
  return shape.kind === "union" ? shape.members.flatMap(membersOf) : [shape];
}

function names(shape: Shape): Set<string> {
  return new Set(membersOf(shape).flatMap((member) => (member.kind === "named" ? [member.name] : [])));
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
