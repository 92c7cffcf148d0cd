/**
 * Runs inside a new context, and gives it: a `Date` and `Math.random` that ask the host (in queries and mutations),
 * errors whose `instanceof` also accepts the host's, and functions that refuse I/O. It is source text because its
 * functions must belong to the context.
 */
export const AFTER_BOOTSTRAP_SOURCE = `(host, frozen) => {
  globalThis.global = globalThis;
  globalThis.self = globalThis;
  for (const [name, Outer] of Object.entries(host.errors)) {
    const Inner = globalThis[name];
    const ordinary = Function.prototype[Symbol.hasInstance];
    Object.defineProperty(Inner, Symbol.hasInstance, {
      value(value) {
        return ordinary.call(this, value) || (this === Inner && ordinary.call(Outer, value));
      },
    });
  }
  if (!frozen) return;
  const RealDate = Date;
  const now = () => host.now();
  const FrozenDate = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget === FrozenDate ? target : newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === "now" ? now : Reflect.get(target, name)),
  });
  Object.defineProperty(RealDate.prototype, "constructor", { value: FrozenDate, writable: true, configurable: true });
  globalThis.Date = FrozenDate;
  Math.random = () => host.random();
  const refuse = (name) => () => {
    throw new Error("Can't use " + name + " in queries and mutations. Please consider using an action. See https://docs.convex.dev/functions/actions for more details.");
  };
  globalThis.fetch = refuse("fetch()");
  globalThis.setTimeout = refuse("setTimeout");
  globalThis.setInterval = refuse("setInterval");
  globalThis.clearTimeout = () => {};
  globalThis.clearInterval = () => {};
  globalThis.queueMicrotask = (callback) => {
    if (typeof callback !== "function") throw new TypeError("The callback of queueMicrotask must be a function");
    // By way of a promise: those carry on whose behalf code runs.
    void Promise.resolve().then(() => void callback());
  };
}`;
