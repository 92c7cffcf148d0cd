import { z } from "zod";
import { SCHEDULED_TABLE } from "../store/catalog";
import { FunctionError, isPlainObject, type Encoded } from "../values/encoded-value";
import { singleArgument, type Engine } from "../serving/engine";
import { encodedSchema, functionAddress, handleOf, pathOf } from "./function-calls";
import { notFound, parseFunctionPath, type FunctionKind } from "./function-registry";
import { asDocument } from "../store/transaction";
import type { Identity } from "./worker-protocol";

const KIND_OF_OP: Record<string, FunctionKind> = { "1.0/actions/query": "Query", "1.0/actions/mutation": "Mutation", "1.0/actions/action": "Action" };
const callArgs = functionAddress.extend({ args: encodedSchema });
const scheduleArgs = callArgs.extend({ ts: z.number() });
const cancelArgs = z.object({ id: z.string() });

/** What actions ask of the backend. Resolves to JSON text; rejects with {@link FunctionError} or `CallFailed`. */
export async function actionSyscall(engine: Engine, now: () => number, identity: Identity, op: string, args: Encoded): Promise<string> {
  const kind = KIND_OF_OP[op];
  if (kind !== undefined) {
    const { args: callArguments, ...address } = callArgs.parse(args);
    return engine.callAs(kind, { path: pathOf(address), args: singleArgument(callArguments), identity, publicOnly: false, caller: "Action" });
  }
  switch (op) {
    case "1.0/actions/schedule": {
      const { ts, args: callArguments, ...address } = scheduleArgs.parse(args);
      const path = pathOf(address);
      const target = engine.deployment.find(path);
      if (target === undefined) throw notFound(path, false);
      if (target.kind === "Query") throw new FunctionError(`Cannot schedule ${path}: it is a query, and only mutations and actions can be scheduled.`);
      const at = Math.max(ts * 1000, 0);
      const { module, name } = parseFunctionPath(path);
      const id = await engine.write(
        (transaction) => transaction.insert(SCHEDULED_TABLE, { name: `${module}:${name}`, args: [callArguments], scheduledTime: at, state: { kind: "pending" } }),
        (inserted) => [{ id: inserted, at }],
      );
      return JSON.stringify(id);
    }
    case "1.0/actions/cancel_job": {
      const { id } = cancelArgs.parse(args);
      await engine.write(
        (transaction) => {
          if (!transaction.isId(id, SCHEDULED_TABLE)) throw new FunctionError(`"${id}" is not an id of a scheduled function.`);
          const json = transaction.get(id);
          const state = json === null ? undefined : asDocument(json)["state"];
          if (!isPlainObject(state) || (state["kind"] !== "pending" && state["kind"] !== "inProgress")) return;
          transaction.patch(id, { state: { kind: "canceled" }, completedTime: now() });
        },
        () => [{ id, at: null }],
      );
      return "null";
    }
    case "1.0/createFunctionHandle":
      return JSON.stringify(handleOf(pathOf(functionAddress.parse(args))));
    case "1.0/getDeploymentMetadata":
      return JSON.stringify({ name: "local", region: null, class: "s16" });
    default:
      if (op.startsWith("1.0/storage")) throw new FunctionError("File storage is not available on the embedded backend.");
      if (op.includes("vectorSearch")) throw new FunctionError("Vector search is not available on the embedded backend.");
      // The wording is one that the `convex` package looks for.
      throw new FunctionError(`Unknown async operation ${op}`);
  }
}
