import { promiseHooks } from "node:v8";

/**
 * Says on whose behalf code runs, through everything it awaits: what `AsyncLocalStorage` does, at half its price, and without
 * hanging the host's own objects on promises, where pushed code finds them. It follows promises only: code that a timer or an
 * event starts runs on nobody's behalf. One per thread.
 */
export class CodeContext<Owner extends object> {
  private current: object | null = null;
  /** Promises carry tokens, which say nothing to whoever finds one. */
  private readonly owners = new WeakMap<object, Owner>();

  constructor() {
    const token = Symbol("context");
    type Carrier = { [token]?: object };
    promiseHooks.createHook({
      init: (promise) => {
        if (this.current !== null) (promise as Carrier)[token] = this.current;
      },
      before: (promise) => {
        this.current = (promise as Carrier)[token] ?? null;
      },
      after: () => {
        this.current = null;
      },
    });
  }

  /** Runs code on behalf of `owner`. */
  run<Result>(owner: Owner, code: () => Result): Result {
    const before = this.current;
    const token: object = Object.freeze(Object.create(null) as object);
    this.owners.set(token, owner);
    this.current = token;
    try {
      return code();
    } finally {
      this.current = before;
    }
  }

  /** On whose behalf the running code runs, or undefined. */
  owner(): Owner | undefined {
    return this.current === null ? undefined : this.owners.get(this.current);
  }
}
