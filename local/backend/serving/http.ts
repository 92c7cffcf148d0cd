import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { InvalidToken } from "./auth";
import type { Credentials, Requester } from "./credentials";
import { FunctionError } from "../values/encoded-value";
import { newRequestId } from "../engine/call";
import type { Engine } from "../engine/engine";
import { routeHttp } from "../components/http-routes";
import { PushRefused } from "../functions/function-failure";
import type { SystemQuery } from "../engine/live-queries";
import type { FunctionLog, LoggedCall } from "../operating/function-log";
import { callRoute, HttpCalls, inlineBody } from "./http-calls";
import { addressOf, applyCors, HttpRefusal, httpSink, parseBody, readBody, readJson, sendJson } from "./http-exchange";
import { hostLimits } from "../limits";
import { finishPushBody, startPushBody, waitBody, type PushService } from "../operating/push";
import { encodeTs } from "./sync-protocol";
import { serveTransfer } from "../transfer/routes";
import type { Transfers } from "../transfer/transfers";

const changesBody = z.object({ changes: z.array(z.object({ name: z.string(), value: z.string().nullish() })) });

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

/** The HTTP side: function calls, what the CLI needs, and HTTP actions. */
export class HttpApi {
  private readonly calls: HttpCalls;

  constructor(private readonly deps: Deps) {
    this.calls = new HttpCalls(deps);
  }

  /** Answers a request to the main address. Never rejects. */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const { pathname, searchParams } = addressOf(request);
      // Whether pages of other origins may call an HTTP action is the action's own to say.
      if (pathname.startsWith("/http/")) return await this.serveHttpAction(request, response, pathname.slice("/http".length));
      if (applyCors(request, response)) return;
      // HEAD is GET whose body is thrown away, which Node does.
      await this.route(request, response, `${request.method === "HEAD" ? "GET" : request.method} ${pathname}`, searchParams);
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
      // `npx convex network-test` looks whether what it sends comes back.
      case "POST /echo":
        return void response.writeHead(200, { "Content-Type": "application/octet-stream" }).end(await readBody(request, hostLimits.requestBytes, true));
      case "POST /api/query_ts":
        return sendJson(response, 200, { ts: encodeTs(engine.ts) });
    }
    const call = route.startsWith("POST ") ? callRoute(route.slice("POST ".length)) : null;
    if (call !== null) return this.calls.answer(call, await (call.kind === "any" ? this.admin(request) : this.requester(request)), request, response);
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
        return sendJson(response, 200, { config: { functions: functionsFolder }, moduleHashes: [], nodeDependencies: [], udfServerVersion });
      }
      case "POST /api/run_test_function":
        return this.calls.answerInline(await this.adminBody(request, inlineBody), response);
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
    // What is not found the CLI asks for again and again, for a minute.
    const isCli = String(request.headers["convex-client"]).startsWith("npm-cli-");
    throw new HttpRefusal(isCli ? 400 : 404, "NotFound", `There is nothing at ${route} on the embedded backend.`);
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
    const call = { component: route.component, routePath: route.pathname, method, url: `${new URL(siteUrl).origin}${pathname}${search}`, headers, body: new Uint8Array(body), identity: route.component === "" ? identity : null };
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
      if (thrown instanceof InvalidToken) throw new HttpRefusal(401, thrown.code, thrown.message);
      throw new HttpRefusal(401, "Unauthenticated", "The Authorization header could not be read.");
    }
  }

  private async admin(request: IncomingMessage): Promise<Requester> {
    const requester = await this.requester(request);
    if (!requester.admin) throw new HttpRefusal(403, "Forbidden", "This needs the admin key.");
    return requester;
  }

  /** A body that carries the admin key itself, as those of the CLI's push do. */
  private async adminBody<T extends { adminKey: string }>(request: IncomingMessage, shape: z.ZodType<T>): Promise<T> {
    const body = parseBody(shape, await readJson(request, hostLimits.pushBytes));
    if (!this.deps.credentials.isAdminKey(body.adminKey)) throw new HttpRefusal(401, "BadAdminKey", "The provided admin key was invalid for this instance.");
    return body;
  }

  private refuse(response: ServerResponse, thrown: unknown): void {
    if (thrown instanceof HttpRefusal) return sendJson(response, thrown.status, { code: thrown.code, message: thrown.message });
    if (thrown instanceof PushRefused) return sendJson(response, 400, { code: thrown.code, message: thrown.message });
    if (thrown instanceof FunctionError) return sendJson(response, 400, { code: "BadRequest", message: thrown.message });
    if (isOfDisk(thrown)) return sendJson(response, 507, { code: "DiskFull", message: `The disk of the backend takes no more (${thrown.message}). Make room and try again.` });
    process.stderr.write(`Request failed: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}\n`);
    sendJson(response, 500, { code: "InternalServerError", message: "The request could not be handled." });
  }
}

/** Whether there was no room for a file. */
function isOfDisk(thrown: unknown): thrown is Error {
  return thrown instanceof Error && "code" in thrown && ["ENOSPC", "EDQUOT", "EFBIG"].includes(String(thrown.code));
}
