import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { singleArgument, type Call, type QueryOutcome, type Settled } from "../engine/call";
import type { Engine } from "../engine/engine";
import type { SystemQuery } from "../engine/live-queries";
import { failureOf } from "../functions/function-failure";
import { hostLimits } from "../limits";
import { toCleanJson } from "../transfer/clean-json";
import { parseEncoded } from "../values/encoded-value";
import { componentFor, type Requester } from "./credentials";
import { HttpRefusal, parseBody, readJson, sendText } from "./http-exchange";
import { decodeTs } from "./sync-protocol";

/** `json` is easy to read and says less than the values: int64 and bytes are strings. It is what one gets who asks for none. */
const format = z.enum(["json", "convex_encoded_json"]).default("json");
const argsBody = z.object({ args: z.unknown().optional(), format });
const callBody = argsBody.extend({ path: z.string(), componentPath: z.string().nullish(), ts: z.string().optional() });
export const inlineBody = argsBody.extend({ adminKey: z.string(), bundle: z.object({ source: z.string() }), componentId: z.string().nullish() });
/** What the client library reads as "the function failed", rather than the request. */
const FUNCTION_FAILED = 560;

type Outcome = { logLines: string[] } & Settled;

/** How to run what an address names, if it names a call of functions: `/api/run/folder/module/name` has the function in it. */
export type CallRoute = { kind: "query" | "mutation" | "action" | "any" } | { kind: "queryAtTs" } | { kind: "named"; path: string };

/** What a `POST` to this path calls, or null. Throws {@link HttpRefusal} for an address in which there is no function. */
export function callRoute(pathname: string): CallRoute | null {
  switch (pathname) {
    case "/api/query":
      return { kind: "query" };
    case "/api/mutation":
      return { kind: "mutation" };
    case "/api/action":
      return { kind: "action" };
    case "/api/function":
      return { kind: "any" };
    case "/api/query_at_ts":
      return { kind: "queryAtTs" };
  }
  if (!pathname.startsWith("/api/run/")) return null;
  const [, module, name] = /^\/api\/run\/(.+)\/([^/]+)$/.exec(pathname) ?? [];
  if (module === undefined || name === undefined) throw new HttpRefusal(400, "MissingIdentifier", "The address names no function. One that does: /api/run/messages/list");
  return { kind: "named", path: `${module}:${name}` };
}

/** Calls functions for whoever asks over plain HTTP (docs.convex.dev/http-api). */
export class HttpCalls {
  constructor(private readonly deps: { engine: Engine; system: SystemQuery }) {}

  /** Reads a call from a request, runs it and answers. Rejects with {@link HttpRefusal} or a FunctionError when it makes no sense. */
  async answer(route: CallRoute, requester: Requester, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readJson(request, hostLimits.requestBytes);
    const { args, format: wanted, path, componentPath, ts } = parseBody(callBody, route.kind === "named" && typeof body === "object" ? { ...body, path: route.path, componentPath: null } : body);
    const call: Call = { component: componentFor(requester, componentPath), path, args: singleArgument(args), identity: requester.identity, publicOnly: !requester.admin, caller: "HttpApi" };
    const outcome = await this.run(route, call, ts);
    sendText(response, outcome.ok ? 200 : FUNCTION_FAILED, outcomeText(outcome, wanted));
  }

  /** Runs a query whose source came with the request, for an administrator: what it fails with is an answer like another. */
  async answerInline({ bundle, args, componentId, format: wanted }: z.infer<typeof inlineBody>, response: ServerResponse): Promise<void> {
    sendText(response, 200, outcomeText(await this.deps.engine.inlineQuery(bundle.source, componentId ?? "", singleArgument(args)), wanted));
  }

  private run({ kind }: CallRoute, call: Call, ts: string | undefined): Promise<Outcome> {
    const { engine } = this.deps;
    if (kind === "mutation") return engine.mutation(call);
    if (kind === "action") return engine.action(call);
    if (kind === "any" || kind === "named") return engine.any(call);
    if (kind === "queryAtTs") return this.queryAt(call, ts);
    return this.query(call);
  }

  private async query(call: Call): Promise<Outcome> {
    if (call.publicOnly || !call.path.startsWith("_system/")) return this.deps.engine.query(call);
    try {
      return { ok: true, value: JSON.stringify(this.deps.system(call)), logLines: [] };
    } catch (thrown) {
      return { ok: false, failure: failureOf(thrown), logLines: [] };
    }
  }

  /** What a query answered at an earlier moment: what it answers now, if nothing that it reads has changed. No past is kept. */
  private async queryAt(call: Call, ts: string | undefined): Promise<QueryOutcome> {
    const moment = ts === undefined ? null : decodeTs(ts);
    if (moment === null) throw new HttpRefusal(400, "BadTimestamp", "The body has no timestamp of /api/query_ts.");
    const outcome = await this.deps.engine.query(call);
    if (this.deps.engine.commits.mayHaveChanged(moment, outcome.reads)) {
      throw new HttpRefusal(400, "OutOfRetention", `What ${call.path} reads has changed since the moment it was asked about, and the embedded backend keeps no past. Ask again with a new ConvexHttpClient.`);
    }
    return outcome;
  }
}

function outcomeText(outcome: Outcome, wanted: z.infer<typeof format>): string {
  const logLines = JSON.stringify(outcome.logLines);
  // The value is JSON text already: it was checked where it was made.
  const inFormat = (json: string): string => (wanted === "json" ? toCleanJson(parseEncoded(json)) : json);
  if (outcome.ok) return `{"status":"success","value":${inFormat(outcome.value)},"logLines":${logLines}}`;
  const { message, data } = outcome.failure;
  const errorData = data === undefined ? "" : `"errorData":${inFormat(JSON.stringify(data))},`;
  return `{"status":"error","errorMessage":${JSON.stringify(message)},${errorData}"logLines":${logLines}}`;
}
