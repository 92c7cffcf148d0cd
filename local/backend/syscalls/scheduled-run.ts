import { asDocument } from "../tables/transaction";
import type { Encoded, EncodedObject } from "../values/encoded-value";
import type { FunctionAddress } from "../components/function-address";
import { parseFunctionPath } from "../functions/function-registry";

/** The field that says in which component a scheduled function is, where that is not the one that scheduled it. Nobody is shown it. */
const TARGET = "_target";

/** The document of a function that `scheduler` (a component; "" is the app) has scheduled for `at`, in milliseconds. */
export function scheduledRun(scheduler: string, { component, path }: FunctionAddress, args: Encoded, at: number): EncodedObject {
  const { module, name } = parseFunctionPath(path);
  const run: EncodedObject = { name: `${module}:${name}`, args: [args], scheduledTime: at, state: { kind: "pending" } };
  return component === scheduler ? run : { ...run, [TARGET]: component };
}

/** In which component the function of a run is that `scheduler` has scheduled. */
export function targetOf(run: { [TARGET]?: string | undefined }, scheduler: string): string {
  return run[TARGET] ?? scheduler;
}

/** Stored JSON of a system table's document as functions see it. */
export function shownRun(json: string): string {
  const { [TARGET]: _, ...shown } = asDocument(json);
  return JSON.stringify(shown);
}
