/**
 * Takes from the functions of this thread's own realm the way back to `Function`, by which code that holds any of them (a shared
 * class, an error of ours, a syscall) could make code that runs outside of its context. To be called in threads that run
 * pushed code in a context, once their own modules are loaded: those say `Function`, if they need it, and not `f.constructor`.
 */
export function closeHostRealm(): void {
  const samples = [() => undefined, async () => undefined, function* () {}, async function* () {}];
  for (const sample of samples) {
    Object.defineProperty(Object.getPrototypeOf(sample) as object, "constructor", { value: undefined, writable: false, configurable: false });
  }
}
