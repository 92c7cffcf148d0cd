import { z } from "zod";
import { FunctionError } from "../values/encoded-value";
import type { ComponentTree } from "./component-tree";
import { parseFunctionPath } from "../functions/function-registry";

/** One function of a deployment: of the app (component "") or of a mounted component. */
export interface FunctionAddress {
  component: string;
  /** `folder/module:name`. */
  path: string;
}

/** How code names a function: by path, by the handle of one, or by a reference such as `components.pool.lib.enqueue`. */
export const namedFunction = z.object({
  name: z.string().optional(),
  functionHandle: z.string().optional(),
  reference: z.string().optional(),
});

const HANDLE = /^function:\/\/([^;]*);(.+)$/;
const CHILD = "_reference/childComponent/";

export interface ResolvedFunction extends FunctionAddress {
  /** A component shows its parent only what is public. */
  publicOnly: boolean;
}

/** The function that code of the component `caller` means. Throws {@link FunctionError} for a name that leads nowhere. */
export function resolveFunction(tree: ComponentTree, caller: string, { name, functionHandle, reference }: z.infer<typeof namedFunction>): ResolvedFunction {
  if (name !== undefined) return { component: caller, path: name, publicOnly: false };
  if (functionHandle !== undefined) {
    const [, component, path] = HANDLE.exec(functionHandle) ?? [];
    if (component === undefined || path === undefined) throw new FunctionError(`Invalid function handle: ${functionHandle}`);
    return { component, path, publicOnly: false };
  }
  if (reference?.startsWith(CHILD) !== true) throw new FunctionError(`Invalid function reference: ${reference ?? "(none)"}`);
  const [child = "", ...parts] = reference.slice(CHILD.length).split("/");
  const component = Object.hasOwn(tree[caller]?.children ?? {}, child) ? tree[caller]?.children[child] : undefined;
  if (component === undefined) throw new FunctionError(`Child component "${child}" not found. Did you forget to \`app.use\` it in convex.config.ts?`);
  const path = `${parts.slice(0, -1).join("/")}:${parts.at(-1) ?? ""}`;
  return { component, path, publicOnly: true };
}

/** The handle by which {@link resolveFunction} finds a function again, from whatever component. */
export function handleOf({ component, path }: FunctionAddress): string {
  return `function://${component};${parseFunctionPath(path).canonical}`;
}

/** A function as people read it: `module:name`, after the path of its component. */
export function displayName({ component, path }: FunctionAddress): string {
  const { canonical } = parseFunctionPath(path);
  return component === "" ? canonical : `${component}/${canonical}`;
}
