import type { z } from "zod";
import type { EventWarning } from "../../events/model";
import { type JsonObject, withoutNulls } from "./json";

export type FieldSchemas = Readonly<Record<string, z.ZodType>>;
export type FieldValues<S extends FieldSchemas> = { [K in keyof S]?: z.output<S[K]> };

export interface FieldReading<S extends FieldSchemas> {
  /** Null and absent fields, and those that do not fit their schema, are left out. */
  values: FieldValues<S>;
  /** A sentence for each field that does not fit. */
  problems: Map<keyof S & string, string>;
}

/**
 * Looks at each field by itself, so that one that is of the wrong type spoils nothing else. Fields without a
 * schema are passed over.
 */
export function readFields<S extends FieldSchemas>(json: JsonObject, schemas: S): FieldReading<S> {
  const values: FieldValues<S> = {};
  const problems = new Map<keyof S & string, string>();
  for (const name of Object.keys(schemas) as (keyof S & string)[]) {
    const given = Object.hasOwn(json, name) ? json[name] : undefined;
    if (given === undefined || given === null) continue;
    const parsed = schemas[name]?.safeParse(withoutNulls(given));
    if (parsed === undefined) continue;
    if (parsed.success) values[name] = parsed.data as FieldValues<S>[typeof name];
    else problems.set(name, `Its “${name}” cannot be read (${described(parsed.error)}).`);
  }
  return { values, problems };
}

/** What did not fit, as warnings on the event that is shown without it. */
export function fieldWarnings(problems: ReadonlyMap<string, string>): EventWarning[] {
  return [...problems.values()].map((message) => ({ code: "unreadable_field", message }));
}

function described(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return "not what was expected";
  const place = issue.path.length === 0 ? "" : `${issue.path.map(String).join(".")}: `;
  return `${place}${issue.message}`.slice(0, 160);
}
