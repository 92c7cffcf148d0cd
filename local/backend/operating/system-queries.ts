import { z } from "zod";
import { FunctionError, type Encoded } from "../values/encoded-value";
import type { Engine } from "../serving/engine";
import { countDocuments, documentsOf } from "../store/migration";
import type { PushService } from "./push";
import type { Scheduler } from "./scheduler";

const pagination = z.object({ paginationOpts: z.object({ cursor: z.string().nullable(), numItems: z.number().int().min(0) }) });
const MAX_PAGE = 1000;

/** The queries by which the CLI reads the deployment, and the host's own two. All need the admin key. */
export function createSystemQueries(deps: { engine: Engine; push: PushService; scheduler: Scheduler; cloudUrl: string; siteUrl: string }): (path: string, args: Encoded) => Encoded {
  const { engine, push, scheduler } = deps;
  const userTables = (): string[] => Object.keys(engine.catalog.tables).filter((name) => !name.startsWith("_")).sort();
  const answers: Record<string, (args: Encoded) => Encoded> = {
    "_system/cli/queryEnvironmentVariables": () => Object.entries(push.environment).map(([name, value]) => ({ name, value })),
    "_system/cli/queryEnvironmentVariables:get": (args) => {
      const { name } = z.object({ name: z.string() }).parse(args);
      const value = Object.hasOwn(push.environment, name) ? push.environment[name] : undefined;
      return value === undefined ? null : { name, value };
    },
    "_system/cli/tables": () => ({ page: userTables().map((name) => ({ name })), isDone: true, continueCursor: "" }),
    "_system/cli/tableData": (args) => {
      const { table, order, paginationOpts } = pagination.extend({ table: z.string(), order: z.enum(["asc", "desc"]) }).parse(args);
      const skip = Number(paginationOpts.cursor ?? "0");
      const page: Encoded[] = [];
      let at = 0;
      let isDone = true;
      for (const document of documentsOf(engine.store, engine.catalog.tables[table], order === "desc")) {
        if (at++ < skip) continue;
        if (page.length >= Math.min(paginationOpts.numItems, MAX_PAGE)) {
          isDone = false;
          break;
        }
        page.push(document);
      }
      return { page, isDone, continueCursor: String(skip + page.length) };
    },
    "_system/cli/tableSize": (args) => countDocuments(engine.store, engine.catalog.tables[z.object({ tableName: z.string() }).parse(args).tableName]),
    "_system/cli/queryTable": (args) => countDocuments(engine.store, engine.catalog.tables[z.object({ tableName: z.string() }).parse(args).tableName]),
    "_system/cli/modules:apiSpec": () => apiSpec(engine),
    "_system/cli/convexUrl:cloudUrl": () => deps.cloudUrl,
    "_system/cli/convexUrl:siteUrl": () => deps.siteUrl,
    "_system/frontend/components:list": () => [],
    "_system/conflicts": () => Object.entries(engine.conflicts.report()).map(([path, count]) => ({ path, ...count })),
    "_system/crons": () => scheduler.cronReport().map((cron) => ({ ...cron })),
  };
  return (path, args) => {
    const name = path.replace(/\.js(?=:|$)/, "").replace(/:default$/, "");
    const answer = Object.hasOwn(answers, name) ? answers[name] : undefined;
    if (answer === undefined) throw new FunctionError(`${name} is not available on the embedded backend.`);
    return answer(args);
  };
}

function apiSpec({ deployment }: Engine): Encoded {
  const { functions, httpRoutes } = deployment.analysis;
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
