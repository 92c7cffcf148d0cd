import { v } from "convex/values";
import { describe, expect, it } from "vitest";
import { buildTree, type ComponentDefinition } from "./component-tree";
import { routeHttp } from "./http-routes";
import { handleOf, resolveFunction } from "./function-address";

type Child = ComponentDefinition["childComponents"][number];

const definition = (children: Child[], more: Partial<ComponentDefinition> = {}): ComponentDefinition => ({
  definitionType: { type: "childComponent" },
  childComponents: children,
  httpMounts: {},
  envVars: null,
  ...more,
});
const validatorJson = (validator: object): string => JSON.stringify((validator as { json: object }).json);
const declared = (name: string, validator: object, optional = false): NonNullable<ComponentDefinition["envVars"]>[number] => [name, { type: "value", value: validatorJson(validator), optional }];

describe("buildTree", () => {
  it("mounts one definition in several places, each by its path", () => {
    const tree = buildTree({ "": definition([{ name: "a", path: "x" }, { name: "b", path: "x" }]), x: definition([{ name: "inner", path: "y" }]), y: definition([]) }, {});
    expect(Object.keys(tree).sort()).toEqual(["", "a", "a/inner", "b", "b/inner"]);
    expect(tree["b"]?.children).toEqual({ inner: "b/inner" });
  });

  it("gives a component the variables that are bound to it, the platform's, and no others", () => {
    const env: Child["env"] = [["FIXED", { type: "value", value: "one" }], ["FROM_APP", { type: "envVar", name: "APP" }], ["UNSET", { type: "envVar", name: "NONE" }]];
    const tree = buildTree({ "": definition([{ name: "a", path: "x", env }]), x: definition([]) }, { APP: "two", SECRET: "no", CONVEX_SITE_URL: "http://site" });
    expect(tree["a"]?.env).toEqual({ FIXED: "one", FROM_APP: "two", CONVEX_SITE_URL: "http://site" });
  });

  it("refuses what is declared and missing or of another form, but for what is optional", () => {
    const needs = (envVars: ComponentDefinition["envVars"], env: Child["env"] = []): Record<string, ComponentDefinition> => ({ "": definition([{ name: "a", path: "x", env }]), x: definition([], { envVars }) });
    expect(() => buildTree(needs([declared("KEY", v.string())]), { KEY: "of the app" })).toThrow(/KEY is declared by the component "a"/);
    expect(() => buildTree(needs([declared("KEY", v.string(), true)]), {})).not.toThrow();
    expect(() => buildTree(needs([declared("LEVEL", v.union(v.literal("low"), v.literal("high")))], [["LEVEL", { type: "value", value: "middle" }]]), {})).toThrow(/LEVEL does not match/);
  });

  it("refuses names that are taken or malformed, definitions that are missing, and components in themselves", () => {
    expect(() => buildTree({ "": definition([{ name: "a", path: "x" }, { name: "a", path: "x" }]), x: definition([]) }, {})).toThrow(/Duplicate component name "a"/);
    expect(() => buildTree({ "": definition([{ name: "a/b", path: "x" }]), x: definition([]) }, {})).toThrow(/Invalid component name/);
    expect(() => buildTree({ "": definition([{ name: "a", path: "x" }]) }, {})).toThrow(/was not pushed/);
    expect(() => buildTree({ "": definition([{ name: "a", path: "x" }]), x: definition([{ name: "a", path: "x" }]) }, {})).toThrow(/nested more than/);
  });
});

describe("routeHttp", () => {
  const httpRoutes = [{ path: "/r", method: "GET" }];
  const analyzed = (own: ComponentDefinition, routes: typeof httpRoutes | null = httpRoutes): object => ({ definition: own, functions: {}, httpRoutes: routes, crons: null, authConfig: null, schema: null });

  it("finds the longest prefix, and takes it off the path", () => {
    const app = definition([{ name: "a", path: "x" }, { name: "b", path: "x" }], { httpMounts: { "/p/": "_reference/childComponent/a", "/p/deep/": "_reference/childComponent/b" } });
    const definitions = { "": app, x: definition([]) };
    const analysis = { tree: buildTree(definitions, {}), definitions: { "": analyzed(app), x: analyzed(definitions.x) } } as Parameters<typeof routeHttp>[0];
    expect(routeHttp(analysis, "/p/r")).toEqual({ component: "a", pathname: "/r" });
    expect(routeHttp(analysis, "/p/deep/r")).toEqual({ component: "b", pathname: "/r" });
    expect(routeHttp(analysis, "/pr")).toEqual({ component: "", pathname: "/pr" });
  });

  it("finds nobody outside of the app's own prefix, or where there is no http.ts", () => {
    const app = definition([], { httpPrefix: "/v1/" });
    const analysis = (routes: typeof httpRoutes | null): Parameters<typeof routeHttp>[0] => ({ tree: buildTree({ "": app }, {}), definitions: { "": analyzed(app, routes) } }) as Parameters<typeof routeHttp>[0];
    expect(routeHttp(analysis(httpRoutes), "/v1/r")).toEqual({ component: "", pathname: "/r" });
    expect(routeHttp(analysis(httpRoutes), "/r")).toBeNull();
    expect(routeHttp(analysis(null), "/v1/r")).toBeNull();
  });
});

describe("resolveFunction", () => {
  const tree = buildTree({ "": definition([{ name: "a", path: "x" }]), x: definition([{ name: "inner", path: "y" }]), y: definition([]) }, {});

  it("understands paths, references to children and handles", () => {
    expect(resolveFunction(tree, "a", { name: "m:f" })).toEqual({ component: "a", path: "m:f", publicOnly: false });
    expect(resolveFunction(tree, "a", { reference: "_reference/childComponent/inner/folder/m/f" })).toEqual({ component: "a/inner", path: "folder/m:f", publicOnly: true });
    expect(resolveFunction(tree, "a/inner", { functionHandle: handleOf({ component: "", path: "m.js:f" }) })).toEqual({ component: "", path: "m:f", publicOnly: false });
  });

  it("refuses what leads nowhere", () => {
    expect(() => resolveFunction(tree, "", { reference: "_reference/childComponent/inner/m/f" })).toThrow(/Child component "inner" not found/);
    expect(() => resolveFunction(tree, "", { reference: "_reference/childComponent/constructor/m/f" })).toThrow(/not found/);
    expect(() => resolveFunction(tree, "", { functionHandle: "function://" })).toThrow(/Invalid function handle/);
  });
});
