import { z } from "zod";
import { isSystemTable, splitTableKey, tableKey, tableWith, type TableDefinition } from "../tables/catalog";
import { FunctionError, type Encoded } from "../values/encoded-value";
import type { Engine } from "../engine/engine";
import type { SystemQuery } from "../engine/live-queries";
import { countDocuments, documentsOf } from "../tables/migration";
import type { PushService } from "./push";
import type { Scheduler } from "./scheduler";
import type { Transfers } from "../transfer/transfers";

const pagination = z.object({ paginationOpts: z.object({ cursor: z.string().nullable(), numItems: z.number().int().min(0) }) });
const MAX_PAGE = 1000;

/** The queries by which the CLI reads the deployment, and the host's own two. All need the admin key. */
export function createSystemQueries(deps: { engine: Engine; push: PushService; scheduler: Scheduler; transfers: Transfers; cloudUrl: string; siteUrl: string }): SystemQuery {
  const { engine, push, scheduler, transfers } = deps;
  const userTables = (component: string): string[] =>
    Object.keys(engine.catalog.tables)
      .filter((key) => splitTableKey(key).component === component && !isSystemTable(key))
      .map((key) => splitTableKey(key).name)
      .sort();
  const tableOf = (component: string, name: string): TableDefinition | undefined => tableWith(engine.catalog, tableKey(component, name));
  const answers: Record<string, (args: Encoded, component: string) => Encoded> = {
    "_system/cli/queryEnvironmentVariables": () => Object.entries(push.environment).map(([name, value]) => ({ name, value })),
    "_system/cli/queryEnvironmentVariables:get": (args) => {
      const { name } = z.object({ name: z.string() }).parse(args);
      const value = Object.hasOwn(push.environment, name) ? push.environment[name] : undefined;
      return value === undefined ? null : { name, value };
    },
    "_system/cli/tables": (_args, component) => ({ page: userTables(component).map((name) => ({ name })), isDone: true, continueCursor: "" }),
    "_system/cli/tableData": (args, component) => {
      const { table, order, paginationOpts } = pagination.extend({ table: z.string(), order: z.enum(["asc", "desc"]) }).parse(args);
      const skip = Number(paginationOpts.cursor ?? "0");
      const page: Encoded[] = [];
      let at = 0;
      let isDone = true;
      for (const document of documentsOf(engine.store, tableOf(component, table), order === "desc")) {
        if (at++ < skip) continue;
        if (page.length >= Math.min(paginationOpts.numItems, MAX_PAGE)) {
          isDone = false;
          break;
        }
        page.push(document);
      }
      return { page, isDone, continueCursor: String(skip + page.length) };
    },
    "_system/cli/tableSize": (args, component) => countDocuments(engine.store, tableOf(component, z.object({ tableName: z.string() }).parse(args).tableName)),
    "_system/cli/queryTable": (args, component) => countDocuments(engine.store, tableOf(component, z.object({ tableName: z.string() }).parse(args).tableName)),
    "_system/cli/modules:apiSpec": (_args, component) => apiSpec(engine, component),
    "_system/cli/convexUrl:cloudUrl": () => deps.cloudUrl,
    "_system/cli/convexUrl:siteUrl": () => deps.siteUrl,
    "_system/cli/exports:getLatest": () => transfers.exportState(),
    "_system/cli/queryImport": (args) => transfers.importState(z.object({ importId: z.string() }).parse(args).importId),
    "_system/cli/queryImport:list": () => transfers.listImports(),
    "_system/frontend/components:list": () => mountedComponents(engine),
    "_system/conflicts": () => Object.entries(engine.conflicts.report()).map(([path, count]) => ({ path, ...count })),
    "_system/crons": () => scheduler.cronReport().map((cron) => ({ ...cron })),
  };
  return ({ component, path, args }) => {
    const name = path.replace(/\.js(?=:|$)/, "").replace(/:default$/, "");
    const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
    if (answer === undefined) throw new FunctionError(`${name} is not available on the embedded backend.`);
    return answer(args, component);
  };
}

/** Every mounted component as the dashboard lists them. The path stands for the id: it is what a component is known by here. */
function mountedComponents({ deployment }: Engine): Encoded {
  return Object.keys(deployment.analysis.tree)
    .filter((path) => path !== "")
    .sort()
    .map((path) => ({ id: path, path, name: path.split("/").at(-1) ?? path, args: {}, state: "active" }));
}

function apiSpec({ deployment }: Engine, component: string): Encoded {
  const analysis = deployment.analysisOf(component);
  if (analysis === undefined) throw new FunctionError(`Component "${component}" is not mounted.`);
  const { functions, httpRoutes } = analysis;
  const spec: Encoded[] = [];
  for (const [module, exported] of Object.entries(functions)) {
    for (const [name, facts] of Object.entries(exported)) {
      spec.push({
        functionType: facts.kind,
        identifier: `${module}:${name}`,
        visibility: { kind: facts.visibility },
        args: facts.args === null ? { type: "any" } : asEncoded(facts.args),
        returns: facts.returns === null ? { type: "any" } : asEncoded(facts.returns),
      });
    }
  }
  for (const { path, method } of httpRoutes ?? []) spec.push({ functionType: "HttpAction", path, method });
  return spec;
}

/** A validator is JSON. */
function asEncoded(validator: object): Encoded {
  return JSON.parse(JSON.stringify(validator)) as Encoded;
}
