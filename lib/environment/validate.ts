import type { z } from "zod";
import { authModeOf } from "../auth/auth-mode";
import type { Variable } from "./variable";
import { variables, type VariableName } from "./variables";

/** Variables as a process has them. */
export type RawEnvironment = Readonly<Record<string, string | undefined>>;

/** One variable that stops the start. */
export interface Problem {
  readonly name: string;
  readonly kind: "missing" | "malformed";
  /** What it should hold. The value itself is never repeated: it may be a secret in the wrong place. */
  readonly holds: string;
}

/** The variables that were set, in their own types. */
export type Environment = {
  readonly [Name in VariableName]?: z.output<(typeof variables)[Name]["schema"]>;
};

/** Either all variables are sound, or every one that is not is named. */
export type Validation =
  | { readonly ok: true; readonly environment: Environment; readonly backend: "embedded" | "external" }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** All names in the order of the table. */
export const variableNames = Object.keys(variables) as VariableName[];

/**
 * Checks every variable that LinearTime knows. An empty value counts as not set, as in a copied
 * `.env.example`. What an external deployment needs is missing only when LINEARTIME_BACKEND says so, and one of two keys
 * that belong together is missing only beside the other.
 */
export function validateEnvironment(raw: RawEnvironment): Validation {
  const environment: Record<string, unknown> = {};
  const problems: Problem[] = [];
  const external = raw.LINEARTIME_BACKEND === "external";
  const mode = authModeOf(raw);
  for (const name of variableNames) {
    const { schema, holds, requiredWhenExternal, requiredForAuth, requiredWith, embeddedOnly }: Variable = variables[name];
    const text = raw[name];
    if (text === undefined || text === "") {
      const required =
        (external && (requiredWhenExternal === true || requiredWhenExternal === mode)) ||
        requiredForAuth === mode ||
        (requiredWith !== undefined && Boolean(raw[requiredWith]));
      if (required) problems.push({ name, kind: "missing", holds });
      continue;
    }
    const parsed = schema.safeParse(text);
    if (parsed.success && !(external && embeddedOnly === true)) environment[name] = parsed.data;
    else problems.push({ name, kind: "malformed", holds });
  }
  if (problems.length > 0) return { ok: false, problems };
  return { ok: true, environment: environment as Environment, backend: external ? "external" : "embedded" };
}

/** One line per problem, all of them at once. */
export function describeProblems(problems: readonly Problem[]): string {
  return problems
    .map(({ name, kind, holds }) => `${name} ${kind === "missing" ? "is missing" : "is malformed"}: it should hold ${holds}.`)
    .join("\n");
}
