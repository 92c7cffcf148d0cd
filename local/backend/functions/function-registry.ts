import { FunctionError, parseEncoded } from "../values/encoded-value";
import type { ModuleLoader } from "../runtime/module-loader";
import type { Validator } from "../values/validator";

export type FunctionKind = "Query" | "Mutation" | "Action";
export type Visibility = "public" | "internal";

/** What a push tells about one function. Validators are null where the function declares none. */
export interface FunctionFacts {
  kind: FunctionKind;
  visibility: Visibility;
  args: Validator | null;
  returns: Validator | null;
}

export interface LoadedFunction extends FunctionFacts {
  /** Calls the function with the JSON text of its argument array; resolves to the JSON text of its result. */
  invoke(argsJson: string): Promise<string>;
}

/** Splits `folder/module.js:name` or `folder/module:name`; without a name it is the default export. */
export function parseFunctionPath(path: string): { module: string; name: string; canonical: string } {
  const colon = path.lastIndexOf(":");
  const module = (colon < 0 ? path : path.slice(0, colon)).replace(/\.js$/, "");
  const name = colon < 0 ? "default" : path.slice(colon + 1);
  return { module: `${module}.js`, name, canonical: `${module}:${name}` };
}

/** No function has a longer name, but whoever asks for one may give any. */
const LONGEST_SHOWN = 1000;

/** What is said when a function is not there, or is not for the caller. */
export function notFound({ component, path }: { component: string; path: string }, asPublic: boolean): FunctionError {
  const canonical = parseFunctionPath(path).canonical.slice(0, LONGEST_SHOWN);
  const place = component === "" ? "" : ` in component '${component}'`;
  return new FunctionError(`Could not find ${asPublic ? "public " : ""}function for '${canonical}'${place}. Did you forget to run \`npx convex dev\` or \`npx convex deploy\`?`);
}

/** Reads what an exported value of a module is, or null when it is no Convex function. */
export function asFunction(exported: unknown): LoadedFunction | null {
  if (typeof exported !== "function") return null;
  const kind = flag(exported, "isQuery") ? "Query" : flag(exported, "isMutation") ? "Mutation" : flag(exported, "isAction") ? "Action" : null;
  const visibility = flag(exported, "isPublic") ? "public" : flag(exported, "isInternal") ? "internal" : null;
  if (kind === null || visibility === null) return null;
  return {
    kind,
    visibility,
    args: exportedValidator(exported, "exportArgs"),
    returns: exportedValidator(exported, "exportReturns"),
    invoke: (argsJson) => {
      const result: unknown = kind === "Action" ? callMethod(exported, "invokeAction", "", argsJson) : callMethod(exported, `invoke${kind}`, argsJson);
      return Promise.resolve(result as string | Promise<string>);
    },
  };
}

/** Functions by path, loaded once. */
export class FunctionRegistry {
  private readonly loaded = new Map<string, LoadedFunction>();

  constructor(
    private readonly loader: ModuleLoader,
    private readonly component: string,
  ) {}

  /** A function that was loaded before, or undefined. */
  known(path: string): LoadedFunction | undefined {
    return this.loaded.get(parseFunctionPath(path).canonical);
  }

  /** Rejects with {@link FunctionError} when there is no such function, and with what the module throws. */
  async get(path: string): Promise<LoadedFunction> {
    const { module, name, canonical } = parseFunctionPath(path);
    const known = this.loaded.get(canonical);
    if (known !== undefined) return known;
    if (!this.loader.has(module)) throw notFound({ component: this.component, path }, false);
    const namespace = await this.loader.load(module);
    const found = Object.hasOwn(namespace, name) ? asFunction(namespace[name]) : null;
    if (found === null) throw notFound({ component: this.component, path }, false);
    this.loaded.set(canonical, found);
    return found;
  }
}

function flag(target: object, name: string): boolean {
  return (target as Record<string, unknown>)[name] === true;
}

/** Calls a method of something that pushed code made. */
export function callMethod(target: object, name: string, ...args: unknown[]): unknown {
  const method = (target as Record<string, unknown>)[name];
  if (typeof method !== "function") throw new Error(`${name} is not a function`);
  return Reflect.apply(method, target, args);
}

function exportedValidator(target: object, name: string): Validator | null {
  const json = callMethod(target, name);
  if (typeof json !== "string") return null;
  // The `convex` package in the pushed code wrote it, from its own validators.
  return parseEncoded(json) as unknown as Validator | null;
}
