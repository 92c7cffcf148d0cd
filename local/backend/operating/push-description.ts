import type { Analysis, DefinitionAnalysis } from "../functions/analysis";
import type { ComponentInstance, ComponentTree } from "../components/component-tree";
import { splitTableKey, type Catalog } from "../tables/catalog";
import { describeIndexes, type CatalogPlan, type Schema } from "../tables/schema";

/** What the CLI's code generation and its messages read of an evaluated push. */
export function describeAnalysis({ tree, definitions }: Analysis, schemas: ReadonlyMap<string, Schema | null>, serverVersion: string): { analysis: object; app: object } {
  const described = Object.entries(definitions).map(([path, analysis]) => {
    const [mountedAt = ""] = Object.entries(tree).find(([, { definitionPath }]) => definitionPath === path) ?? [];
    return [path, describeDefinition(path, analysis, schemas.get(mountedAt) ?? null, serverVersion)];
  });
  return { analysis: Object.fromEntries(described) as object, app: describeInstance("", tree, definitions) };
}

function describeDefinition(path: string, { definition, functions }: DefinitionAnalysis, schema: Schema | null, serverVersion: string): object {
  const modules = Object.entries(functions).map(([module, exported]) => [
    module,
    {
      functions: Object.entries(exported).map(([name, facts]) => ({
        name,
        pos: null,
        udfType: facts.kind,
        visibility: { kind: facts.visibility },
        args: JSON.stringify(facts.args ?? { type: "any" }),
        returns: facts.returns === null ? null : JSON.stringify(facts.returns),
      })),
      httpRoutes: null,
      cronSpecs: null,
      sourceMapped: null,
    },
  ]);
  return {
    definition: { ...definition, path, exports: path === "" ? { type: "branch", branch: [] } : exportsOf(functions) },
    schema,
    functions: Object.fromEntries(modules) as object,
    udfConfig: { serverVersion, importPhaseRngSeed: null, importPhaseUnixTimestamp: null },
  };
}

type Exports = { type: "leaf"; leaf: string } | { type: "branch"; branch: [string, Exports][] };
interface Folder {
  [name: string]: Folder | string;
}

/** What a component shows its parent: its public functions, in the tree of their modules' paths. */
function exportsOf(functions: DefinitionAnalysis["functions"]): Exports {
  const root: Folder = {};
  for (const [module, exported] of Object.entries(functions)) {
    const path = module.replace(/\.js$/, "");
    for (const [name, { visibility }] of Object.entries(exported)) {
      if (visibility !== "public") continue;
      const folder = path.split("/").reduce<Folder>((parent, part) => {
        const inner = parent[part] ?? {};
        parent[part] = inner;
        return typeof inner === "string" ? {} : inner;
      }, root);
      folder[name] = `_reference/function/${path}:${name}`;
    }
  }
  return branchOf(root);
}

function branchOf(folder: Folder): Exports {
  return { type: "branch", branch: Object.entries(folder).map(([name, inner]) => [name, typeof inner === "string" ? { type: "leaf", leaf: inner } : branchOf(inner)]) };
}

function describeInstance(path: string, tree: ComponentTree, definitions: Analysis["definitions"]): object {
  const instance: ComponentInstance = tree[path] ?? { definitionPath: path, children: {}, env: {}, httpMounts: [] };
  const children = Object.entries(instance.children).map(([name, child]) => [name, describeInstance(child, tree, definitions)]);
  return {
    definitionPath: instance.definitionPath,
    componentPath: path,
    args: {},
    childComponents: Object.fromEntries(children) as object,
    httpRoutes: { httpModuleRoutes: definitions[instance.definitionPath]?.httpRoutes ?? null, mounts: instance.httpMounts.map(({ prefix }) => prefix) },
    exports: {},
  };
}

/** The index changes of one component. */
export function indexDiffOf({ added, removed }: CatalogPlan, component: string): object {
  const own = (changes: CatalogPlan["added"]): CatalogPlan["added"] =>
    changes.map(({ tableName, index }) => ({ ...splitTableKey(tableName), index })).filter((change) => change.component === component).map(({ name, index }) => ({ tableName: name, index }));
  return { added_indexes: describeIndexes(own(added)), removed_indexes: describeIndexes(own(removed)) };
}

/** Each component of two deployments with what becomes of it. One that was mounted in the past still has its tables. */
export function mountDiff(before: ComponentTree, after: ComponentTree, catalog: Catalog): [component: string, change: "create" | "modify" | "unmount" | "remount"][] {
  const known = new Set(Object.keys(catalog.tables).map((key) => splitTableKey(key).component));
  const unmounted = Object.keys(before).filter((component) => component !== "" && after[component] === undefined);
  return [
    ...Object.keys(after).map((component): [string, "create" | "modify" | "remount"] => [
      component,
      component === "" || before[component] !== undefined ? "modify" : known.has(component) ? "remount" : "create",
    ]),
    ...unmounted.map((component): [string, "unmount"] => [component, "unmount"]),
  ];
}
