import type { z } from "zod";
import { variables, type VariableName } from "./variables";

/** The default of a variable in its own type, so that each number is written down once. Throws when it has none. */
export function defaultOf<Name extends VariableName>(name: Name): z.output<(typeof variables)[Name]["schema"]> {
  const { schema, origin } = variables[name];
  if (origin.kind !== "default") throw new Error(`${name} has no default.`);
  return schema.parse(origin.value) as z.output<(typeof variables)[Name]["schema"]>;
}
