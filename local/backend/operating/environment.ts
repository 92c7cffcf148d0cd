import { FunctionError } from "../values/encoded-value";
import { limits } from "../limits";

export type Environment = Record<string, string>;

/** A `process.env` that remembers which variables were asked for and are not set. */
export interface TrackedEnvironment {
  variables: Environment;
  missing: Set<string>;
}

/** Wraps variables so that reads of missing ones are noted. What code writes to them nobody reads, not even the code itself. */
export function trackEnvironment(values: Environment): TrackedEnvironment {
  const missing = new Set<string>();
  const variables = new Proxy({ ...values }, {
    get(target, name) {
      if (typeof name === "string" && !Object.hasOwn(target, name)) missing.add(name);
      return Reflect.get(target, name) as unknown;
    },
    set: () => true,
    defineProperty: () => true,
    deleteProperty: () => true,
  });
  return { variables, missing };
}

/** One change to the environment; null unsets. */
export interface EnvironmentChange {
  name: string;
  value: string | null;
}

/** The environment after `changes`. Throws {@link FunctionError} for a name or value the real backend refuses. */
export function applyChanges(environment: Environment, changes: readonly EnvironmentChange[]): Environment {
  const next = { ...environment };
  for (const { name, value } of changes) {
    if (!/^[A-Za-z][A-Za-z0-9_]{0,39}$/.test(name)) {
      throw new FunctionError(`InvalidEnvironmentVariableName: "${name.slice(0, 60)}" must begin with a letter, hold only letters, digits and underscores, and have at most 40 characters.`);
    }
    if (name === "CONVEX_CLOUD_URL" || name === "CONVEX_SITE_URL") throw new FunctionError(`${name} is set by the backend and cannot be changed.`);
    if (value === null) delete next[name];
    else if (Buffer.byteLength(value) > limits.environmentValueBytes) {
      throw new FunctionError(`The value of ${name} is larger than ${limits.environmentValueBytes} bytes.`);
    } else next[name] = value;
  }
  if (Object.keys(next).length > limits.environmentVariables) throw new FunctionError(`There are more than ${limits.environmentVariables} environment variables.`);
  return next;
}
