import { z } from "zod";
import type { Environment } from "../operating/environment";
import { findMismatch, type Validator } from "../values/validator";
import { FunctionError, parseEncoded } from "../values/encoded-value";
import { PushRefused } from "../functions/function-failure";

const binding = z.discriminatedUnion("type", [
  z.object({ type: z.literal("value"), value: z.string() }),
  z.object({ type: z.literal("envVar"), name: z.string() }),
]);
const declaration = z.object({ type: z.literal("value"), value: z.string(), optional: z.boolean().optional() });

/** What the default export of a `convex.config.ts` says of itself. */
export const componentDefinition = z.looseObject({
  definitionType: z.looseObject({ type: z.enum(["app", "childComponent"]), name: z.string().optional() }),
  httpPrefix: z.string().optional(),
  childComponents: z.array(z.looseObject({ name: z.string(), path: z.string(), env: z.array(z.tuple([z.string(), binding])).nullish() })),
  httpMounts: z.record(z.string(), z.string()),
  envVars: z.array(z.tuple([z.string(), declaration])).nullish(),
});
export type ComponentDefinition = z.infer<typeof componentDefinition>;

/** The definition of an app that has no `convex.config.ts`. */
export const PLAIN_APP: ComponentDefinition = { definitionType: { type: "app" }, childComponents: [], httpMounts: {}, envVars: null };

/** One component as it is mounted, or the app. */
export interface ComponentInstance {
  /** Which definition it is one of; that of the app is "". */
  definitionPath: string;
  /** Paths of the components mounted in this one, by name. */
  children: Record<string, string>;
  /** The variables its code sees. */
  env: Environment;
  /** URL prefixes (each ending in `/`) and the components whose `http.ts` answers there. */
  httpMounts: { prefix: string; component: string }[];
}

/** The app ("") and every mounted component by its path: the names of those around it and its own, joined by `/`. */
export type ComponentTree = Record<string, ComponentInstance>;

const NAME = /^[a-zA-Z_][a-zA-Z0-9_]{0,63}$/;
const MOUNTED_CHILD = "_reference/childComponent/";
const DEEPEST = 16;
/** What the platform itself sets, and components see too. */
const PLATFORM_VARIABLES = ["CONVEX_CLOUD_URL", "CONVEX_SITE_URL"];

/** Mounts components as their definitions say. Throws {@link FunctionError} for what cannot be mounted, or lacks a variable. */
export function buildTree(definitions: Readonly<Record<string, ComponentDefinition>>, environment: Environment): ComponentTree {
  const tree: ComponentTree = {};
  const platform = Object.fromEntries(Object.entries(environment).filter(([name]) => PLATFORM_VARIABLES.includes(name)));
  const mount = (path: string, definitionPath: string, env: Environment, depth: number): void => {
    const definition = definitions[definitionPath];
    if (definition === undefined) throw new FunctionError(`The component definition "${definitionPath}" was not pushed.`);
    if (depth > DEEPEST) throw new FunctionError(`Components are nested more than ${DEEPEST} deep at "${path}".`);
    const label = path === "" ? "app" : `component "${path}"`;
    checkVariables(label, definition, env);
    const instance: ComponentInstance = { definitionPath, children: {}, env, httpMounts: [] };
    tree[path] = instance;
    for (const child of definition.childComponents) {
      if (!NAME.test(child.name)) throw new FunctionError(`Invalid component name "${child.name}": it must begin with a letter or underscore and hold only letters, digits and underscores.`);
      if (Object.hasOwn(instance.children, child.name)) throw new FunctionError(`Duplicate component name "${child.name}" in ${label}. Give one of them another name: use(component, { name: "…" }).`);
      const childPath = path === "" ? child.name : `${path}/${child.name}`;
      instance.children[child.name] = childPath;
      mount(childPath, child.path, { ...platform, ...boundVariables(child.env ?? [], env) }, depth + 1);
    }
    for (const [prefix, reference] of Object.entries(definition.httpMounts)) {
      const component = instance.children[reference.slice(MOUNTED_CHILD.length)];
      if (component !== undefined) instance.httpMounts.push({ prefix, component });
    }
  };
  mount("", "", environment, 0);
  return tree;
}

function boundVariables(bindings: readonly [string, z.infer<typeof binding>][], parent: Environment): Environment {
  const env: Environment = {};
  for (const [name, bound] of bindings) {
    const value = bound.type === "value" ? bound.value : parent[bound.name];
    if (value !== undefined) env[name] = value;
  }
  return env;
}

function checkVariables(label: string, { envVars }: ComponentDefinition, env: Environment): void {
  for (const [name, { value: validatorJson, optional }] of envVars ?? []) {
    const value = env[name];
    if (value === undefined) {
      if (optional === true) continue;
      throw new PushRefused("MissingEnvironmentVariable", `Environment variable ${name} is declared by the ${label} and has no value. Set it with \`npx convex env set ${name} …\`, or make it optional with v.optional(...).`);
    }
    // The `convex` package wrote it, from a validator of its own.
    const validator = parseEncoded(validatorJson) as unknown as Validator;
    if (findMismatch(validator, value, () => false) !== null) {
      throw new PushRefused("InvalidEnvironmentVariable", `The value of environment variable ${name} does not match what the ${label} declares.`);
    }
  }
}
