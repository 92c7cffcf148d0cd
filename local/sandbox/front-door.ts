import { setTimeout as sleep } from "node:timers/promises";
import { type CallEffect, type CallFaults, effectInWords } from "./faults/call-faults";
import { type Provider } from "./provider";
import { type Answer, json, Refusal, type SandboxRequest } from "./serving/exchange";
import { type RawRequest } from "./serving/http-server";
import { isTrustedOrigin } from "./serving/loopback";
import { createRouter, type Route } from "./serving/router";
import { type CallLog } from "./traffic/call-log";

export interface FrontDoorDeps {
  providers: readonly Provider[];
  /** The page and the control API: for this machine's own pages and programs only, never failing, never logged. */
  ownRoutes: readonly Route[];
  faults: CallFaults;
  calls: CallLog;
  now(): number;
  /** Something may have changed: keep it. */
  changed(): void;
}

/** Answers every request: finds who it is for, does what the faults say, writes it down. */
export function createFrontDoor(deps: FrontDoorDeps): (raw: RawRequest) => Promise<Answer> {
  const own = createRouter(deps.ownRoutes);
  const doors = deps.providers.map((provider) => ({ provider, router: createRouter(provider.routes) }));
  return async ({ message, url, body }) => {
    const method = message.method ?? "GET";
    const asked = { method, url, headers: message.headers, body, pages: "whole" as const };
    if (!isTrustedOrigin(message.headers.host, undefined, undefined)) return json(421, { error: { code: 421, message: "This is for this machine only." } });
    const ours = own(method, url.pathname);
    if (ours.found === "route") {
      const { origin, host, "sec-fetch-site": site } = message.headers;
      if (method !== "GET" && !isTrustedOrigin(host, origin, typeof site === "string" ? site : undefined)) {
        return json(403, { error: { code: 403, message: "Only the sandbox's own page may do this." } });
      }
      const answer = await handled(ours.route, { ...asked, params: ours.params });
      if (method !== "GET") deps.changed();
      return answer;
    }
    for (const { provider, router } of doors) {
      const match = router(method, url.pathname);
      if (match.found === "route") return called(provider, match.route, { ...asked, params: match.params }, deps);
    }
    return json(404, { error: { code: 404, message: "The sandbox has nothing at this address, or not with this method.", errors: [{ domain: "global", reason: "notFound", message: "Not Found" }] } });
  };
}

async function called(provider: Provider, route: Route, request: SandboxRequest, deps: FrontDoorDeps): Promise<Answer> {
  const began = deps.now();
  const kind = typeof route.kind === "string" ? route.kind : route.kind(request);
  const account = provider.accountOf(request)?.email ?? null;
  const effects = deps.faults.meet(kind, account);
  const answer = await withEffects(provider, route, kind, request, effects);
  deps.calls.record({
    at: began,
    kind,
    method: request.method,
    path: request.url.pathname,
    account,
    status: answer.status,
    durationMs: deps.now() - began,
    fault: effects.length === 0 ? null : effects.map(effectInWords).join(", "),
  });
  if (request.method !== "GET" || effects.length > 0) deps.changed();
  return answer;
}

async function withEffects(provider: Provider, route: Route, kind: string, request: SandboxRequest, effects: readonly CallEffect[]): Promise<Answer> {
  let pages = request.pages;
  for (const effect of effects) {
    if (effect.do === "slow") await sleep(effect.delayMs);
    if (effect.do === "pages") pages = effect.shape;
    if (effect.do === "status") {
      const failure = provider.failure(effect.status, effect.reason, kind);
      const { retryAfterSeconds: seconds } = effect;
      return seconds === undefined ? failure : { ...failure, headers: { ...failure.headers, "Retry-After": String(seconds) } };
    }
  }
  const answer = await handled(route, { ...request, pages });
  // These take effect; only the answer is spoilt.
  if (effects.some((effect) => effect.do === "lose_answer")) return { ...answer, hangUp: true };
  if (effects.some((effect) => effect.do === "not_json")) return { ...answer, status: 200, body: "<html><body>Service" };
  if (effects.some((effect) => effect.do === "missing_fields")) return json(200, {});
  return answer;
}

async function handled(route: Route, request: SandboxRequest): Promise<Answer> {
  try {
    return await route.handle(request);
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown.answer;
    // A mistake of the sandbox itself: its client is to see what, the sandbox goes on.
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return json(500, { error: { code: 500, message: `The sandbox failed: ${message}`, errors: [{ domain: "global", reason: "backendError", message }] } });
  }
}
