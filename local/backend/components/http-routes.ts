import type { Analysis } from "../functions/analysis";

/** Whose `http.ts` answers a request, and the path as its routes name it. */
export interface HttpRoute {
  component: string;
  pathname: string;
}

/**
 * Finds who answers a path: prefixes of mounted components come before the routes of those they are mounted in, longer ones
 * first. Null when nobody has an `http.ts` for it.
 */
export function routeHttp({ tree, definitions }: Analysis, pathname: string): HttpRoute | null {
  const appPrefix = definitions[""]?.definition.httpPrefix;
  if (appPrefix !== undefined && !pathname.startsWith(appPrefix)) return null;
  let route: HttpRoute = { component: "", pathname: appPrefix === undefined ? pathname : pathname.slice(appPrefix.length - 1) };
  for (;;) {
    const { pathname: rest } = route;
    const instance = tree[route.component];
    const [mount] = [...(instance?.httpMounts ?? [])].filter(({ prefix }) => rest.startsWith(prefix)).sort((a, b) => b.prefix.length - a.prefix.length);
    if (mount === undefined) {
      const routes = instance === undefined ? null : definitions[instance.definitionPath]?.httpRoutes;
      return routes === null || routes === undefined ? null : route;
    }
    route = { component: mount.component, pathname: rest.slice(mount.prefix.length - 1) };
  }
}
