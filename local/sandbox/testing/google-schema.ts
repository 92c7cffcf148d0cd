import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import ts from "typescript";

/**
 * Checks answers against Google's own description of its Calendar API, as the client library carries it: the
 * declarations of its `Schema$…` types are generated from the discovery document.
 */
type Members = ReadonlyMap<string, ts.TypeNode>;

const schemas = readSchemas();

/** What is wrong with `value` as an answer of this schema (`Event`, `Events`, `CalendarListEntry` …); empty when nothing is. */
export function problemsWith(schema: string, value: unknown): string[] {
  const members = schemas.get(schema);
  if (members === undefined) return [`there is no schema ${schema}`];
  return againstMembers(members, value, schema);
}

function readSchemas(): ReadonlyMap<string, Members> {
  const file = createRequire(import.meta.url).resolve("googleapis/build/src/apis/calendar/v3.d.ts");
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  const found = new Map<string, Members>();
  const visit = (node: ts.Node): void => {
    if (ts.isInterfaceDeclaration(node) && node.name.text.startsWith("Schema$")) found.set(node.name.text.slice(7), membersOf(node.members));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function membersOf(members: ts.NodeArray<ts.TypeElement>): Members {
  return new Map(
    members.flatMap((member): [string, ts.TypeNode][] => {
      if (ts.isIndexSignatureDeclaration(member)) return [["*", member.type]];
      return ts.isPropertySignature(member) && ts.isIdentifier(member.name) && member.type !== undefined ? [[member.name.text, member.type]] : [];
    }),
  );
}

function againstMembers(members: Members, value: unknown, at: string): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${at} is no object`];
  return Object.entries(value).flatMap(([name, each]) => {
    const type = members.get(name) ?? members.get("*");
    return type === undefined ? [`${at}.${name} is not in the schema`] : [...againstType(type, each, `${at}.${name}`), ...againstFormat(name, each, `${at}.${name}`)];
  });
}

function againstType(type: ts.TypeNode, value: unknown, at: string): string[] {
  if (ts.isUnionTypeNode(type)) {
    // `| null` is how the library lets a field be cleared; the API never answers it.
    const problems = type.types.filter((each) => !isNull(each)).map((each) => againstType(each, value, at));
    return problems.find((found) => found.length === 0) ?? problems[0] ?? [];
  }
  if (ts.isArrayTypeNode(type)) {
    return Array.isArray(value) ? value.flatMap((each, index) => againstType(type.elementType, each, `${at}[${index}]`)) : [`${at} is no list`];
  }
  if (ts.isTypeLiteralNode(type)) return againstMembers(membersOf(type.members), value, at);
  if (ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)) {
    const members = schemas.get(type.typeName.text.slice(7));
    return members === undefined ? [] : againstMembers(members, value, at);
  }
  const wanted = { [ts.SyntaxKind.StringKeyword]: "string", [ts.SyntaxKind.BooleanKeyword]: "boolean", [ts.SyntaxKind.NumberKeyword]: "number" }[type.kind as number];
  return wanted === undefined || typeof value === wanted ? [] : [`${at} is no ${wanted}`];
}

function isNull(type: ts.TypeNode): boolean {
  return ts.isLiteralTypeNode(type) && type.literal.kind === ts.SyntaxKind.NullKeyword;
}

/** Formats that the reference names and the declarations leave out. */
const FORMATS: Readonly<Record<string, RegExp>> = {
  date: /^\d{4}-\d{2}-\d{2}$/,
  dateTime: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})$/,
  created: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  updated: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/,
  etag: /^".+"$/,
  status: /^(?:confirmed|tentative|cancelled)$/,
  transparency: /^(?:opaque|transparent)$/,
  visibility: /^(?:default|public|private|confidential)$/,
  responseStatus: /^(?:needsAction|declined|tentative|accepted)$/,
  accessRole: /^(?:freeBusyReader|reader|writer|owner)$/,
  eventType: /^(?:default|outOfOffice|focusTime|workingLocation|birthday|fromGmail)$/,
  backgroundColor: /^#[0-9a-f]{6}$/,
  expiration: /^\d{13}$/,
};

function againstFormat(name: string, value: unknown, at: string): string[] {
  const format = FORMATS[name];
  return format === undefined || typeof value !== "string" || format.test(value) ? [] : [`${at} is not in its format: ${value}`];
}
