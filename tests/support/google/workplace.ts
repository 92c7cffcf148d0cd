import { createServer, type IncomingMessage } from "node:http";
import { api } from "../../../convex/_generated/api";
import type { Id } from "../../../convex/_generated/dataModel";
import type { Environment } from "../../../lib/environment/validate";
import { deploymentEnvironment, setDeploymentEnvironment } from "../../../local/launch/deployment-environment";
import { startSandbox, type Sandbox, type SandboxOptions } from "../../../local/sandbox/sandbox";
import { startTestBackend, type TestBackend } from "../backend";
import { signUp, type Visitor } from "../visitor";
import { googleAt } from "./consent";
import { browserOf } from "./signing-in";

/** A person with an account at the stand-in for Google, a deployment of their own, and the route that Google calls. */
export interface Workplace {
  readonly sandbox: Sandbox;
  readonly backend: TestBackend;
  readonly visitor: Visitor;
  /** Ends the backend without asking, and starts it again. */
  crash(): Promise<void>;
  /** Signs in to an account and waits until every calendar of it has been read. */
  connect(account: { id: string }): Promise<Id<"providerConfigs">>;
  /** Nothing waits to be delivered and nothing to be done. */
  settled(): Promise<void>;
  /** Changes what the deployment finds in its environment. */
  configure(environment: Environment): Promise<void>;
  dispose(): Promise<void>;
}

export async function startWorkplace(world: Omit<SandboxOptions, "port">, environment: Environment = {}): Promise<Workplace> {
  const sandbox = await startSandbox({ port: 0, retryDelaysMs: [20, 50, 100, 200, 400, 800], ...world });
  const callback = await startCallback();
  const own: Environment = { ...googleAt(sandbox.url), WEBHOOK_BASE_URL: callback.url, ...environment };
  let backend = await startTestBackend({ environment: own });
  callback.handOnTo(backend);
  let visitor = await signUp(backend, "nora@example.com");
  return {
    sandbox,
    get backend() {
      return backend;
    },
    get visitor() {
      return visitor;
    },
    async crash() {
      backend.child.kill();
      await backend.child.exited;
      backend = await startTestBackend({ environment: own, home: backend.home });
      callback.handOnTo(backend);
      visitor = await visitor.reconnect(backend);
    },
    async connect(account) {
      const before = await visitor.client.query(api.connections.list.list, {});
      const { code } = await browserOf(backend, visitor).connect({ account: account.id });
      if (code !== "connected") throw new Error(`Google was not connected: ${code}`);
      const known = new Set(before.map((card) => card.connectionId));
      const cards = await visitor.until(api.connections.list.list, {}, (all) => all.some((card) => !known.has(card.connectionId) && card.lastSyncAt !== null && !card.syncing));
      const added = cards.find((card) => !known.has(card.connectionId));
      if (added === undefined) throw new Error("There is no connection.");
      return added.connectionId;
    },
    async settled() {
      await sandbox.control.idle();
      await visitor.until(api.connections.list.list, {}, (cards) => cards.every((card) => !card.syncing));
      await sandbox.control.idle();
      await visitor.until(api.connections.list.list, {}, (cards) => cards.every((card) => !card.syncing));
    },
    async configure(changes) {
      Object.assign(own, changes);
      await setDeploymentEnvironment(backend.url, backend.secrets.adminKey, deploymentEnvironment(own, backend.secrets, []));
    },
    async dispose() {
      await visitor.close();
      await backend.dispose();
      await callback.close();
      await sandbox.stop();
    },
  };
}

interface Callback {
  readonly url: string;
  /** The deployment that notifications go to from now on. */
  handOnTo(backend: TestBackend): void;
  close(): Promise<void>;
}

/** The web server's webhook route, behind HTTP as Google sees it. */
async function startCallback(): Promise<Callback> {
  const { GET, POST } = await import("../../../app/api/webhooks/google/route");
  const server = createServer((request, response) => {
    void handle(request).then(async (answer) => {
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  const handle = async (request: IncomingMessage): Promise<Response> => {
    const address = new URL(request.url ?? "/", "http://callback.test");
    if (address.pathname !== "/api/webhooks/google") return new Response(null, { status: 404 });
    const headers = new Headers(Object.entries(request.headers).map(([name, value]): [string, string] => [name, String(value)]));
    const method = request.method ?? "GET";
    return await (method === "POST" ? POST : GET)(new Request(address, { method, headers }));
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The callback has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    handOnTo(backend) {
      process.env.CONVEX_URL = backend.url;
      process.env.LINEARTIME_SERVER_SECRET = backend.secrets.serverSecret;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
