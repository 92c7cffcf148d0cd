import { z } from "zod";
import { ID_INDEX, isSystemTable, SCHEDULED_TABLE, splitTableKey, tableKey } from "../tables/catalog";
import type { ComponentTree } from "../components/component-tree";
import { encodeInt64, FunctionError, isPlainObject, parseEncoded, type Encoded } from "../values/encoded-value";
import { tableNumberOf } from "../values/document-id";
import { displayName, handleOf, namedFunction, resolveFunction, type FunctionAddress, type ResolvedFunction } from "../components/function-address";
import { checkArguments, checkResult, encodedSchema } from "../functions/function-calls";
import { notFound, type LoadedFunction } from "../functions/function-registry";
import { limits } from "../limits";
import { cancelledRun, cancelRun, dueTime, scheduledRun, shownRun } from "./scheduled-run";
import { asSerializedQuery, type SerializedQuery } from "../tables/serialized-query";
import { readPage } from "../tables/table-query";
import type { Transaction } from "../tables/transaction";
import type { Metric } from "../tables/transaction-usage";
import { pageArguments, type PageArguments } from "./page-arguments";
import { documentArguments, getArguments, insertArguments, writeArguments } from "./document-arguments";
import { argumentList, endFrame, newFrame, readsSystemTable, stillRunning, takeBack, type Frame } from "./transaction-run";
import { sizeOf } from "../values/value-limits";

/** Finds a function; for functions of Node modules, which a transaction cannot load, it finds null. */
export type FindFunction = (address: FunctionAddress) => Promise<LoadedFunction | null>;

/** Calls a function in a frame of its own. */
export type CallFunction = (frame: Frame, target: LoadedFunction, argsJson: string) => Promise<string>;

// Schemas are made once: zod compiles each on its first use, which costs far more than the use.
const normalizeArgs = z.object({ table: z.string(), idString: z.string() });
const countArgs = z.object({ table: z.string() });
const scheduleArgs = namedFunction.extend({ ts: z.number(), args: encodedSchema });
const udfArgs = namedFunction.extend({ udfType: z.enum(["query", "mutation", "snapshotQuery"]), args: encodedSchema, transactionLimits: z.partialRecord(z.string(), z.number()).optional() });
const NOTHING = { used: 0, remaining: 0 };
/** There is no file storage here. */
const NO_FILES = { filesWritten: NOTHING, fileWriteBytes: NOTHING, filesRead: NOTHING, fileReadBytes: NOTHING };

/** The synchronous operations behind `Convex.syscall`. Returns JSON text; throws {@link FunctionError}. */
export function syscall(frame: Frame, op: string, args: Encoded): string {
  const { run } = frame;
  switch (op) {
    case "1.0/queryStream":
      return JSON.stringify({ queryId: run.openStream(inComponent(frame.component, asSerializedQuery(isPlainObject(args) ? args["query"] : undefined))) });
    case "1.0/queryCleanup":
      run.closeStream(streamId(args));
      return "{}";
    case "1.0/db/normalizeId": {
      const { table, idString } = normalizeArgs.parse(args);
      return JSON.stringify({ id: run.transaction.idCheck(frame.component)(idString, table) ? idString : null });
    }
    case "1.0/getSnapshotTs":
      return JSON.stringify(encodeInt64(BigInt(Math.floor(run.call.now)) * 1_000_000n));
    default:
      throw new FunctionError(`Unknown operation ${op}`);
  }
}

/** The asynchronous operations behind `Convex.asyncSyscall`, as JSON text. */
export class TransactionSyscalls {
  private lastStream = { argsJson: "", id: -1 };

  constructor(
    private readonly tree: () => Promise<ComponentTree>,
    private readonly find: FindFunction,
    private readonly call: CallFunction,
  ) {}

  /** `1.0/queryStreamNext`, which comes once for every row that is read, most often for the same stream as the time before. */
  nextOfStream(frame: Frame, argsJson: string): string | Promise<string> {
    const { run, nested } = frame;
    if (nested !== null) return nested.over.then(() => this.nextOfStream(stillRunning(frame), argsJson));
    if (argsJson !== this.lastStream.argsJson) this.lastStream = { argsJson, id: streamId(parseSyscallArgs(argsJson)) };
    const row = run.nextRow(this.lastStream.id);
    return row === null ? '{"value":null,"done":true}' : `{"value":${row.json},"done":false}`;
  }

  /**
   * Throws or rejects with {@link FunctionError}, or with an error whose `data` is that of a nested `ConvexError`. What is
   * known at once is returned at once.
   */
  perform(frame: Frame, op: string, args: Encoded): string | Promise<string> {
    if (frame.nested !== null) return frame.nested.over.then(() => this.perform(stillRunning(frame), op, args));
    const { transaction } = frame.run;
    switch (op) {
      case "1.0/get":
        return this.get(frame, getArguments(args));
      case "1.0/queryPage":
        return this.page(frame, pageArguments(args));
      case "1.0/count": {
        const { table } = countArgs.parse(args);
        const id = frame.run.openStream({ source: { type: "FullTableScan", tableName: tableKey(frame.component, table), order: null }, operators: [] });
        let count = 0;
        while (frame.run.nextRow(id) !== null) count++;
        return String(count);
      }
      case "1.0/insert": {
        const { table, value } = insertArguments(args);
        return JSON.stringify({ _id: this.writable(frame).insert(userTable(frame, table), value) });
      }
      case "1.0/replace":
      case "1.0/shallowMerge": {
        const { id, table, value } = writeArguments(args);
        assertUserDocument(frame, id);
        const expected = table === undefined ? undefined : tableKey(frame.component, table);
        if (op === "1.0/replace") this.writable(frame).replace(id, value, expected);
        else this.writable(frame).patch(id, value, expected);
        return "{}";
      }
      case "1.0/remove": {
        const { id, table } = documentArguments(args);
        assertUserDocument(frame, id);
        this.writable(frame).remove(id, table === undefined ? undefined : tableKey(frame.component, table));
        return "{}";
      }
      case "1.0/getUserIdentity":
        return JSON.stringify(frame.identity);
      case "1.0/schedule":
        return this.schedule(frame, scheduleArgs.parse(args));
      case "1.0/cancel_job":
        return this.cancel(frame, documentArguments(args).id);
      case "1.0/runUdf":
        return this.nested(frame, udfArgs.parse(args));
      case "1.0/createFunctionHandle":
        return this.resolve(frame, namedFunction.parse(args)).then((target) => JSON.stringify(handleOf(target)));
      case "1.0/getFunctionMetadata":
        return JSON.stringify({ name: frame.path, componentPath: frame.component });
      case "1.0/getDeploymentMetadata":
        return JSON.stringify({ name: "local", region: null, class: "s16" });
      case "1.0/getRequestMetadata": {
        const { requestId, job } = frame.run.call;
        return JSON.stringify({ ip: null, userAgent: null, requestId, scheduledFunctionId: job, authToken: null });
      }
      case "1.0/getTransactionMetrics":
        return JSON.stringify({ ...transaction.usage.report(), ...NO_FILES });
      default:
        if (op.startsWith("1.0/storage")) throw new FunctionError("File storage is not available on the embedded backend.");
        throw new FunctionError(`${op.replace("1.0/", "")} is not available on the embedded backend.`);
    }
  }

  private get({ run: { transaction }, component }: Frame, { id, isSystem, table }: ReturnType<typeof getArguments>): string {
    const found = ownTable(transaction, component, id);
    // An id of a table that is not there, or is another component's, is an id of nothing.
    if (found === undefined && tableNumberOf(id) !== null) return "null";
    if (found === undefined) throw new FunctionError(`Invalid argument \`id\` for \`db.get\`: Unable to decode ID: "${id}" is not an id of any table.`);
    if (table !== undefined && table !== found) {
      throw new FunctionError(`Invalid argument \`id\` for \`db.get\`: expected to be an Id<"${table}">, got Id<"${found}"> instead.`);
    }
    if (found.startsWith("_") !== isSystem) {
      throw new FunctionError(`${isSystem ? "User" : "System"} tables can only be accessed from db.${isSystem ? "" : "system."}get().`);
    }
    const json = transaction.get(id);
    if (json === null) return "null";
    return isSystem ? shownRun(json) : json;
  }

  private page(frame: Frame, { query, ...options }: PageArguments): string {
    const { run, component, depth } = frame;
    // Wording and rule of the real one.
    if (component !== "") throw new FunctionError("paginate() is only supported in the app.");
    if (frame.paginated) throw new FunctionError("This query or mutation function ran multiple paginated queries. Convex only supports a single paginated query in each function.");
    frame.paginated = true;
    const page = readPage(run.transaction, query, { ...options, endCursor: options.endCursor ?? (depth === 0 ? run.call.journal : null) });
    // What a nested function has read is read anew, from where its caller says.
    if (depth === 0) run.journal = page.continueCursor;
    const { rows, ...rest } = page;
    const shown = readsSystemTable(query) ? rows.map(shownRun) : rows;
    return `{"page":[${shown.join(",")}],${JSON.stringify(rest).slice(1)}`;
  }

  private async schedule(frame: Frame, { ts, args, ...address }: z.infer<typeof scheduleArgs>): Promise<string> {
    const transaction = this.writable(frame);
    const resolved = await this.resolve(frame, address);
    const target = await this.findFor(resolved);
    if (target?.kind === "Query") throw new FunctionError(`Cannot schedule ${displayName(resolved)}: it is a query, and only mutations and actions can be scheduled.`);
    transaction.usage.count("functionsScheduled", 1);
    transaction.usage.count("scheduledFunctionArgsBytes", sizeOf(args));
    const { now } = frame.run.call;
    const at = dueTime(ts, now);
    const run = scheduledRun(frame.component, resolved, args, at);
    const cancelled = frame.run.isCancelled();
    const id = transaction.insert(tableKey(frame.component, SCHEDULED_TABLE), cancelled ? cancelledRun(run, now) : run);
    frame.run.scheduler.push({ id, at: cancelled ? null : at });
    return JSON.stringify(id);
  }

  private cancel(frame: Frame, id: string): string {
    const transaction = this.writable(frame);
    if (!transaction.idCheck(frame.component)(id, SCHEDULED_TABLE)) throw new FunctionError(`"${id}" is not an id of a scheduled function.`);
    if (cancelRun(transaction, id, frame.run.call.now)) frame.run.scheduler.push({ id, at: null });
    return "null";
  }

  private nested(frame: Frame, { udfType, args, transactionLimits = {}, ...address }: z.infer<typeof udfArgs>): Promise<string> {
    const result = this.resolve(frame, address).then((target) => this.nestedNow(frame, udfType === "mutation", target, args, transactionLimits));
    const over = (): void => void (frame.nested = null);
    frame.nested = { over: result.then(over, over), running: null };
    return result;
  }

  private async nestedNow(frame: Frame, writable: boolean, address: ResolvedFunction, args: Encoded, allowed: Partial<Record<Metric, number>>): Promise<string> {
    const { transaction } = frame.run;
    if (writable) this.writable(frame);
    if (frame.depth >= limits.nestedCalls) throw new FunctionError(`Functions may call each other at most ${limits.nestedCalls} deep.`);
    const target = await this.findFor(address);
    const { component, path } = address;
    const expected = writable ? "Mutation" : "Query";
    if (target?.kind !== expected) throw new FunctionError(`Trying to execute ${displayName(address)} as ${expected}, but it is defined as ${target?.kind ?? "Action"}.`);
    const isId = transaction.idCheck(component);
    checkArguments(target, path, args, isId);
    const { nested } = stillRunning(frame);
    if (nested === null) throw new Error("A nested call runs that nobody has made");
    const identity = component === frame.component ? frame.identity : null;
    const inner = newFrame({ run: frame.run, component, path, identity, writable, depth: frame.depth + 1 });
    const running = { frame: inner, savepoint: transaction.savepoint(), scheduled: frame.run.scheduler.length };
    nested.running = running;
    transaction.usage.lower(allowed);
    let result: string;
    try {
      result = await this.call(inner, target, argumentList(args));
      checkResult(target, path, result, isId);
    } catch (thrown) {
      if (!inner.ended) {
        endFrame(inner);
        takeBack(frame.run, running);
      }
      throw thrown;
    }
    // Its caller may have returned meanwhile, and all was taken back then.
    endFrame(stillRunning(inner));
    transaction.usage.restore(running.savepoint.usage, false);
    return result;
  }

  private async resolve(frame: Frame, address: z.infer<typeof namedFunction>): Promise<ResolvedFunction> {
    return resolveFunction(address.reference === undefined ? {} : await this.tree(), frame.component, address);
  }

  private async findFor(address: ResolvedFunction): Promise<LoadedFunction | null> {
    const target = await this.find(address);
    if (address.publicOnly && target?.visibility === "internal") throw notFound(address, true);
    return target;
  }

  private writable({ run, writable }: Frame): Transaction {
    if (!writable) throw new FunctionError("Queries can only read: writing and scheduling need a mutation.");
    return run.transaction;
  }
}

function streamId(args: Encoded): number {
  if (isPlainObject(args) && typeof args["queryId"] === "number") return args["queryId"];
  throw new FunctionError("Malformed query stream");
}

function userTable({ component }: Frame, name: string): string {
  if (name.startsWith("_") || name === ID_INDEX) throw new FunctionError("System tables (prefixed with `_`) are read-only.");
  return tableKey(component, name);
}

/** The name of the table an id is of, when it is a table of this component: those of others might as well not be there. */
function ownTable(transaction: Transaction, component: string, id: string): string | undefined {
  const table = transaction.tableOf(id, component);
  const owner = table === undefined ? undefined : splitTableKey(table.name);
  return owner?.component === component ? owner.name : undefined;
}

function assertUserDocument({ run: { transaction }, component }: Frame, id: string): void {
  const name = ownTable(transaction, component, id);
  if (name === undefined) throw new FunctionError(`Unable to decode ID: "${id}" is not an id of any table.`);
  if (isSystemTable(name)) throw new FunctionError("System tables (prefixed with `_`) are read-only.");
}

/** A query as the store knows it: the tables of a component have its path before their names. */
function inComponent(component: string, query: SerializedQuery): SerializedQuery {
  const { source } = query;
  if (component === "") return query;
  if (source.type === "FullTableScan") return { ...query, source: { ...source, tableName: tableKey(component, source.tableName) } };
  return { ...query, source: { ...source, indexName: tableKey(component, source.indexName) } };
}

/** Syscall arguments as the pushed code sent them. */
export function parseSyscallArgs(json: string): Encoded {
  return parseEncoded(json);
}
