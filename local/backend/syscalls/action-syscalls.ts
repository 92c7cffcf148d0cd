import { z } from "zod";
import { SCHEDULED_TABLE, tableKey } from "../tables/catalog";
import { FunctionError, type Encoded } from "../values/encoded-value";
import { singleArgument } from "../engine/call";
import type { Engine } from "../engine/engine";
import type { ActionCaller } from "../workers/actions/action-runner";
import { displayName, handleOf, namedFunction, resolveFunction } from "../components/function-address";
import { encodedSchema } from "../functions/function-calls";
import { notFound, type FunctionKind } from "../functions/function-registry";
import { cancelledRun, cancelRun, dueTime, isCancelled, scheduledRun } from "./scheduled-run";

const KIND_OF_OP: Record<string, FunctionKind> = { "1.0/actions/query": "Query", "1.0/actions/mutation": "Mutation", "1.0/actions/action": "Action" };
const callArgs = namedFunction.extend({ args: encodedSchema });
const scheduleArgs = callArgs.extend({ ts: z.number() });
const cancelArgs = z.object({ id: z.string() });

/** What actions ask of the backend. Resolves to JSON text; rejects with {@link FunctionError} or `CallFailed`. */
export async function actionSyscall(engine: Engine, now: () => number, caller: ActionCaller, op: string, args: Encoded): Promise<string> {
  const { component, identity, job = null } = caller;
  const { tree } = engine.deployment.analysis;
  const kind = KIND_OF_OP[op];
  if (kind !== undefined) {
    const { args: callArguments, ...address } = callArgs.parse(args);
    const target = resolveFunction(tree, component, address);
    // Identity does not cross the border of a component.
    const known = target.component === component ? identity : null;
    return engine.callAs(kind, { ...target, args: singleArgument(callArguments), identity: known, caller: "Action", chain: caller, job });
  }
  switch (op) {
    case "1.0/actions/schedule": {
      const { ts, args: callArguments, ...address } = scheduleArgs.parse(args);
      const resolved = resolveFunction(tree, component, address);
      const target = engine.deployment.find(resolved);
      if (target === undefined || (resolved.publicOnly && target.visibility === "internal")) throw notFound(resolved, resolved.publicOnly);
      if (target.kind === "Query") throw new FunctionError(`Cannot schedule ${displayName(resolved)}: it is a query, and only mutations and actions can be scheduled.`);
      const at = dueTime(ts, now());
      const run = scheduledRun(component, resolved, callArguments, at);
      const { id } = await engine.write(
        (transaction) => {
          const cancelled = job !== null && isCancelled(transaction, job);
          return { id: transaction.insert(tableKey(component, SCHEDULED_TABLE), cancelled ? cancelledRun(run, now()) : run), at: cancelled ? null : at };
        },
        (scheduled) => [scheduled],
      );
      return JSON.stringify(id);
    }
    case "1.0/actions/cancel_job": {
      const { id } = cancelArgs.parse(args);
      await engine.write(
        (transaction) => {
          if (!transaction.idCheck(component)(id, SCHEDULED_TABLE)) throw new FunctionError(`"${id}" is not an id of a scheduled function.`);
          cancelRun(transaction, id, now());
        },
        () => [{ id, at: null }],
      );
      return "null";
    }
    case "1.0/createFunctionHandle":
      return JSON.stringify(handleOf(resolveFunction(tree, component, namedFunction.parse(args))));
    case "1.0/getDeploymentMetadata":
      return JSON.stringify({ name: "local", region: null, class: "s16" });
    default:
      if (op.startsWith("1.0/storage")) throw new FunctionError("File storage is not available on the embedded backend.");
      if (op.includes("vectorSearch")) throw new FunctionError("Vector search is not available on the embedded backend.");
      // The wording is one that the `convex` package looks for.
      throw new FunctionError(`Unknown async operation ${op}`);
  }
}
