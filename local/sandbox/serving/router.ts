import { type Answer, type SandboxRequest } from "./exchange";

/** One thing that can be asked for. */
export interface Route {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** `/calendars/:calendarId/events`: a segment with a colon is a parameter. */
  pattern: string;
  /** Its name in the call log and for faults: `calendar.events.list`; it may depend on what the request says. */
  kind: string | ((request: SandboxRequest) => string);
  handle(request: SandboxRequest): Answer | Promise<Answer>;
}

export type RouteMatch =
  | { found: "route"; route: Route; params: Record<string, string> }
  /** The path exists, but not with this method. */
  | { found: "path" }
  | { found: "nothing" };

/** Looks routes up by method and path. A parameter is one percent-encoded segment and never empty. */
export function createRouter(routes: readonly Route[]): (method: string, path: string) => RouteMatch {
  const compiled = routes.map((route) => ({ route, segments: route.pattern.split("/") }));
  return (method, path) => {
    const asked = path.split("/");
    let wrongMethod = false;
    for (const { route, segments } of compiled) {
      const params = matched(segments, asked);
      if (params === null) continue;
      if (route.method === method) return { found: "route", route, params };
      wrongMethod = true;
    }
    return { found: wrongMethod ? "path" : "nothing" };
  };
}

function matched(segments: readonly string[], asked: readonly string[]): Record<string, string> | null {
  if (segments.length !== asked.length) return null;
  const params: [string, string][] = [];
  for (const [index, segment] of segments.entries()) {
    const given = asked[index] ?? "";
    if (!segment.startsWith(":")) {
      if (segment !== given) return null;
      continue;
    }
    const value = decoded(given);
    if (value === null || value === "") return null;
    params.push([segment.slice(1), value]);
  }
  return Object.fromEntries(params);
}

function decoded(segment: string): string | null {
  try {
    return decodeURIComponent(segment);
  } catch {
    return null;
  }
}
