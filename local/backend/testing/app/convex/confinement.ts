import { internalAction, mutation, query } from "./_generated/server";

/** Ways by which code has got out of a context; what each of them finds. */
const ATTEMPTS: Record<string, () => unknown> = {
  "constructor of a shared class": () => ((Object.getPrototypeOf(TextEncoder) as object).constructor as never as (code: string) => () => unknown)("return typeof process.exit")(),
  "constructor of a function of the host": () => (console.log.constructor as never as (code: string) => () => unknown)("return typeof process.exit")(),
  "constructor of the syscalls": () =>
    (Reflect.get(Reflect.get(globalThis, "Convex") as object, "asyncSyscall") as () => void).constructor("return typeof process.exit")(),
  "constructor of the environment": () => (process.env.constructor.constructor as never as (code: string) => () => unknown)("return typeof process.exit")(),
  "an error of the host": () => {
    try {
      return atob("*");
    } catch (error) {
      return ((error as object).constructor.constructor as never as (code: string) => () => unknown)("return typeof process.exit")();
    }
  },
  "code from a string": () => new Function("return typeof process.exit")(),
  "main module": () => typeof Reflect.get(process, "mainModule"),
  "binding of Node": () => typeof Reflect.get(process, "binding"),
  "what hangs on a promise": () => {
    const promise: object = Promise.resolve();
    const hanging = Object.getOwnPropertySymbols(promise).map((symbol) => Reflect.get(promise, symbol) as unknown);
    return hanging.find((value) => typeof value === "object" && value !== null && (Reflect.ownKeys(value).length > 0 || Object.getPrototypeOf(value) !== null));
  },
  require: () => typeof Reflect.get(globalThis, "require"),
};

function tryAll(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(ATTEMPTS).map(([name, attempt]) => {
      try {
        return [name, String(attempt())];
      } catch {
        return [name, "threw"];
      }
    }),
  );
}

async function importAll(): Promise<Record<string, string>> {
  const tried: Record<string, string> = {};
  for (const specifier of ["node:fs", "fs", "lmdb", "convex/server", "/etc/passwd", "file:///etc/passwd", "../package.json", "data:text/javascript,export default 1"]) {
    const dynamicImport = new Function("specifier", "return import(specifier)") as (specifier: string) => Promise<unknown>;
    tried[`import ${specifier}`] = await import(/* @vite-ignore */ specifier).then(() => "loaded", () => "refused");
    tried[`import ${specifier} in code from a string`] = await Promise.resolve().then(() => dynamicImport(specifier)).then(() => "loaded", () => "refused");
  }
  return tried;
}

export const globals = query({ args: {}, handler: () => Object.getOwnPropertyNames(globalThis).sort() });

export const escapes = query({ args: {}, handler: async () => ({ ...tryAll(), ...(await importAll()) }) });

export const escapesInAction = internalAction({ args: {}, handler: async () => ({ ...tryAll(), ...(await importAll()) }) });

/** Uses no time of the processor, and never ends. */
export const sleepForEver = query({
  args: {},
  handler: () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    return null;
  },
});

export const takeAllMemory = mutation({
  args: {},
  handler: () => {
    const held: string[][] = [];
    for (;;) held.push(Array.from({ length: 100_000 }, (_, at) => `${held.length} ${at}`));
  },
});

export const throwAfterwards = query({
  args: {},
  handler: () => {
    queueMicrotask(() => {
      throw new Error("nobody is there to catch this");
    });
    return "returned";
  },
});

/** What it throws cannot be looked at. */
export const throwThorns = query({
  args: {},
  handler: () => {
    throw Object.defineProperty(new Error(), "message", {
      get() {
        throw new Error("hands off");
      },
    });
  },
});
