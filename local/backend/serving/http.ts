import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { InvalidToken } from "./auth";
import { componentFor, type Credentials, type Requester } from "./credentials";
import { FunctionError } from "../values/encoded-value";
import { decode, newRequestId, singleArgument, type Call } from "../engine/call";
import type { Engine } from "../engine/engine";
import { routeHttp } from "../components/http-routes";
import { failureOf, PushRefused, type Failure } from "../functions/function-failure";
import type { SystemQuery } from "../engine/live-queries";
import type { FunctionLog, LoggedCall } from "../operating/function-log";
import { addressOf, applyCors, HttpRefusal, httpSink, readBody, readJson, sendJson } from "./http-exchange";
import { hostLimits } from "../limits";
import { finishPushBody, startPushBody, waitBody, type PushService } from "../operating/push";
import { encodeTs } from "./sync-protocol";
import { serveTransfer } from "../transfer/routes";
import type { Transfers } from "../transfer/transfers";

const callBody = z.object({ path: z.string(), args: z.unknown(), format: z.string().optional(), componentPath: z.string().nullish() });
const changesBody = z.object({ changes: z.array(z.object({ name: z.string(), value: z.string().nullish() })) });
/** What the client library reads as "the function failed", rather than the request. */
const FUNCTION_FAILED = 560;

interface Deps {
  engine: Engine;
  credentials: Credentials;
  push: PushService;
  transfers: Transfers;
  log: FunctionLog;
  system: SystemQuery;
  deploymentName: string;
  cloudUrl: string;
  siteUrl: string;
}

type Settled = { logLines: string[] } & ({ ok: true; value: string } | { ok: false; failure: Failure });

/** The HTTP side: function calls, what the CLI needs, and HTTP actions. */
export class HttpApi {
  constructor(private readonly deps: Deps) {}

  /** Answers a request to the main address. Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { pathname, searchParams } = addressOf(request);
      // Whether pages of other origins may call an HTTP action is the action's own to say.
      if (pathname.startsWith("/http/")) return await this.serveHttpAction(request, response, pathname.slice("/http".length));
      if (applyCors(request, response)) return;
      await this.route(request, response, `${request.method} ${pathname}`, searchParams);
    } catch (thrown) {
      this.refuse(response, thrown);
    }
  }

  /** Answers a request to the site address: only HTTP actions live there. Never rejects. */
  async handleSite(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await this.serveHttpAction(request, response, addressOf(request).pathname);
    } catch (thrown) {
      this.refuse(response, thrown);
    }
  }

  private async route(request: IncomingMessage, response: ServerResponse, route: string, query: URLSearchParams): Promise<void> {
    const { engine, push, log, deploymentName, cloudUrl, siteUrl } = this.deps;
    switch (route) {
      case "GET /":
        return void response.writeHead(200, { "Content-Type": "text/plain" }).end("This Convex deployment is running.");
      case "GET /instance_name":
        return void response.writeHead(200, { "Content-Type": "text/plain" }).end(deploymentName);
      case "GET /version":
        return void response.writeHead(200, { "Content-Type": "text/plain" }).end("embedded");
      case "POST /api/query":
      case "POST /api/query_at_ts":
        return this.call(request, response, (call) => this.query(call));
      case "POST /api/mutation":
        return this.call(request, response, (call) => engine.mutation(call));
      case "POST /api/action":
        return this.call(request, response, (call) => engine.action(call));
      case "POST /api/function":
        await this.admin(request);
        return this.call(request, response, (call) => engine.any(call));
      case "POST /api/query_ts":
        return sendJson(response, 200, { ts: encodeTs(engine.ts) });
    }
    await this.adminRoute(request, response, route, query, { push, log, cloudUrl, siteUrl });
  }

  private async adminRoute(
    request: IncomingMessage,
    response: ServerResponse,
    route: string,
    query: URLSearchParams,
    { push, log, cloudUrl, siteUrl }: Pick<Deps, "push" | "log" | "cloudUrl" | "siteUrl">,
  ): Promise<void> {
    const { engine } = this.deps;
    switch (route) {
      case "GET /api/v1/get_canonical_urls":
        await this.admin(request);
        return sendJson(response, 200, { convexCloudUrl: cloudUrl, convexSiteUrl: siteUrl });
      case "POST /api/get_config_hashes": {
        await this.admin(request);
        const { udfServerVersion, functionsFolder } = engine.deployment.push;
        // No hashes: the CLI then sends every module each time, which costs less than keeping both sides agreed.
        return sendJson(response, 200, { config: { functions: functionsFolder }, moduleHashes: [], nodeDependencies: [], nodeVersion: null, udfServerVersion });
      }
      case "POST /api/deploy2/start_push":
        return sendJson(response, 200, await push.start(await this.adminBody(request, startPushBody)));
      case "POST /api/deploy2/evaluate_push":
        return sendJson(response, 200, await push.start(await this.adminBody(request, startPushBody)));
      case "POST /api/deploy2/wait_for_schema":
        return sendJson(response, 200, await push.wait(await this.adminBody(request, waitBody)));
      case "POST /api/deploy2/finish_push":
        return sendJson(response, 200, await push.finish(await this.adminBody(request, finishPushBody)));
      case "POST /api/deploy2/report_push_completed":
        await this.adminBody(request, z.object({ adminKey: z.string() }));
        return sendJson(response, 200, null);
      case "POST /api/update_environment_variables": {
        await this.admin(request);
        const { changes } = parseBody(changesBody, await readJson(request, hostLimits.requestBytes));
        await push.changeEnvironment(changes.map(({ name, value }) => ({ name, value: value ?? null })));
        return void response.writeHead(200).end();
      }
      case "GET /api/stream_function_logs":
        await this.admin(request);
        return sendJson(response, 200, await log.read(Number(query.get("cursor") ?? "0")));
      case "GET /api/conflicts":
        await this.admin(request);
        return sendJson(response, 200, engine.conflicts.report());
      case "DELETE /api/conflicts":
        await this.admin(request);
        engine.conflicts.reset();
        return sendJson(response, 200, null);
      case "GET /api/usage":
        await this.admin(request);
        return sendJson(response, 200, engine.usage.report());
      case "DELETE /api/usage":
        await this.admin(request);
        engine.usage.reset();
        return sendJson(response, 200, null);
    }
    if (/^(GET|POST) \/api\/(export|import|perform_import)\b/.test(route)) {
      await this.admin(request);
      if (await serveTransfer(this.deps.transfers, request, response, route, query)) return;
    }
    throw new HttpRefusal(404, "NotFound", `There is nothing at ${route}.`);
  }

  private async call(request: IncomingMessage, response: ServerResponse, run: (call: Call) => Promise<Settled>): Promise<void> {
    const requester = await this.requester(request);
    const { path, args, componentPath } = parseBody(callBody, await readJson(request, hostLimits.requestBytes));
    const component = componentFor(requester, componentPath);
    const call: Call = { component, path, args: singleArgument(args), identity: requester.identity, publicOnly: !requester.admin, caller: "HttpApi" };
    const outcome = await run(call);
    const { logLines } = outcome;
    if (outcome.ok) return sendJson(response, 200, { status: "success", value: decode(outcome.value), logLines });
    const { message, data } = outcome.failure;
    sendJson(response, FUNCTION_FAILED, { status: "error", errorMessage: message, ...(data === undefined ? {} : { errorData: data }), logLines });
  }

  private async query(call: Call): Promise<Settled> {
    if (call.publicOnly || !call.path.startsWith("_system/")) return this.deps.engine.query(call);
    try {
      return { ok: true, value: JSON.stringify(this.deps.system(call)), logLines: [] };
    } catch (thrown) {
      return { ok: false, failure: failureOf(thrown), logLines: [] };
    }
  }

  private async serveHttpAction(request: IncomingMessage, response: ServerResponse, pathname: string): Promise<void> {
    const { engine, siteUrl, log } = this.deps;
    const route = routeHttp(engine.deployment.analysis, pathname);
    if (route === null) throw new HttpRefusal(404, "NotFound", "This Convex deployment does not have HTTP actions enabled.");
    // A token that is not one of ours is the action's business: it reads the header itself.
    const { identity } = await this.requester(request).catch(() => ({ identity: null }));
    const body = await readBody(request, hostLimits.requestBytes, true);
    const headers = Object.entries(request.headers).flatMap(([name, value]) => [value ?? []].flat().map((one): [string, string] => [name, one]));
    const { search } = addressOf(request);
    const method = request.method ?? "GET";
    const [startedAt, requestId] = [Date.now(), newRequestId()];
    const call = { component: route.component, routePath: route.pathname, method, url: `${siteUrl}${pathname}${search}`.replace("/http/", "/"), headers, body: new Uint8Array(body), identity: route.component === "" ? identity : null };
    const logged: LoggedCall = { component: route.component, identifier: `${method} ${route.pathname}`, udfType: "HttpAction", environment: "isolate", caller: "HttpEndpoint", requestId, startedAt };
    const outcome = await engine.deployment.isolateActions.serve(call, httpSink(response), (line) => log.progress(logged, [line]));
    const error = outcome.ok ? null : outcome.failure.message;
    log.completion(logged, [], error);
    if (error === null) response.end();
    else if (response.headersSent) response.destroy();
    else sendJson(response, 500, { code: `[Request ID: ${requestId}] Server Error`, trace: error });
  }

  private async requester(request: IncomingMessage): Promise<Requester> {
    try {
      return await this.deps.credentials.fromHeader(request.headers.authorization);
    } catch (thrown) {
      if (thrown instanceof InvalidToken) throw new HttpRefusal(401, "Unauthenticated", thrown.message);
      throw new HttpRefusal(401, "Unauthenticated", "The Authorization header could not be read.");
    }
  }

  private async admin(request: IncomingMessage): Promise<void> {
    const { admin } = await this.requester(request);
    if (!admin) throw new HttpRefusal(403, "Forbidden", "This needs the admin key.");
  }

  /** A body that carries the admin key itself, as those of the CLI's push do. */
  private async adminBody<T extends { adminKey: string }>(request: IncomingMessage, shape: z.ZodType<T>): Promise<T> {
    const body = parseBody(shape, await readJson(request, hostLimits.pushBytes));
    if (!this.deps.credentials.isAdminKey(body.adminKey)) throw new HttpRefusal(403, "Forbidden", "The provided admin key was invalid for this instance.");
    return body;
  }

  private refuse(response: ServerResponse, thrown: unknown): void {
    if (thrown instanceof HttpRefusal) return sendJson(response, thrown.status, { code: thrown.code, message: thrown.message });
    if (thrown instanceof PushRefused) return sendJson(response, 400, { code: thrown.code, message: thrown.message });
    if (thrown instanceof FunctionError) return sendJson(response, 400, { code: "BadRequest", message: thrown.message });
    process.stderr.write(`Request failed: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
    sendJson(response, 500, { code: "InternalServerError", message: "The request could not be handled." });
  }
}

function parseBody<T>(shape: z.ZodType<T>, body: unknown): T {
  const parsed = shape.safeParse(body);
  if (!parsed.success) throw new HttpRefusal(400, "BadRequest", `The body is not as expected: ${z.prettifyError(parsed.error).slice(0, 1000)}`);
  return parsed.data;
}
