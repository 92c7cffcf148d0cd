import { asDocument, type Transaction } from "../tables/transaction";
import { FunctionError, isPlainObject, type Encoded, type EncodedObject } from "../values/encoded-value";
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

const FARTHEST_MS = 5 * 366 * 24 * 60 * 60 * 1000;

/** When a function is due that is scheduled for `ts`, in seconds since the epoch; in milliseconds. Throws {@link FunctionError} when that is years away. */
export function dueTime(ts: number, now: number): number {
  const at = ts * 1000;
  if (Math.abs(at - now) <= FARTHEST_MS) return at;
  throw new FunctionError(`${at} (milliseconds since the epoch) is more than 5 years in the ${at > now ? "future" : "past"}: nothing can be scheduled for then.`);
}

/** A run that was cancelled as it was scheduled, at `now`: by a function that had itself been cancelled while it ran. */
export function cancelledRun(run: EncodedObject, now: number): EncodedObject {
  return { ...run, scheduledTime: now, completedTime: now, state: { kind: "canceled" } };
}

/** Whether a scheduled function has been cancelled. */
export function isCancelled(transaction: Transaction, id: string): boolean {
  return stateOf(transaction, id) === "canceled";
}

/** Cancels a scheduled function that has not come to its end; says whether there was anything to cancel. */
export function cancelRun(transaction: Transaction, id: string, now: number): boolean {
  const state = stateOf(transaction, id);
  if (state !== "pending" && state !== "inProgress") return false;
  transaction.patch(id, { state: { kind: "canceled" }, completedTime: now });
  return true;
}

/** The state of a scheduled function; undefined when it is not there any more. */
function stateOf(transaction: Transaction, id: string): Encoded | undefined {
  const json = transaction.get(id);
  const state = json === null ? undefined : asDocument(json)["state"];
  return isPlainObject(state) ? state["kind"] : undefined;
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
