import { randomUUID } from "node:crypto";
import type { WebSocket } from "ws";
import { InvalidToken } from "./auth";
import { componentFor, NOBODY, type Credentials, type Requester } from "./credentials";
import { singleArgument, type Call, type QueryOutcome } from "../engine/call";
import type { Engine } from "../engine/engine";
import { failureOf } from "../functions/function-failure";
import { FunctionError } from "../values/encoded-value";
import { failedQuery, type LiveQueries, type LiveQuery, type Watcher } from "../engine/live-queries";
import { ClientSocket } from "./client-socket";
import { clientMessage, encodeTs, modificationText, toFrames, type ClientMessage } from "./sync-protocol";

interface Version {
  querySet: number;
  identity: number;
  ts: number;
}

type AddQuery = Extract<Extract<ClientMessage, { type: "ModifyQuerySet" }>["modifications"][number], { type: "Add" }>;

interface Watched extends Watcher {
  live: LiveQuery;
  add: AddQuery;
  sentVersion: number;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;
/** WebSocket close codes (RFC 6455, section 7.4). */
const POLICY_VIOLATION = 1008;
const NORMAL = 1000;

/** One client on a WebSocket: its queries, its identity, and the version of the world it has been told. */
export class SyncSession {
  private sessionId = randomUUID() as string;
  private requester: Requester = NOBODY;
  private readonly sent: Version = { querySet: 0, identity: 0, ts: 0 };
  private readonly wanted = { querySet: 0, identity: 0 };
  private readonly queries = new Map<number, Watched>();
  private readonly removed = new Set<number>();
  /** Queries whose client may not have their latest result. */
  private readonly stirred = new Set<number>();
  /** The commit of the last mutation that was answered: its client waits for a transition, even an empty one, that is not older. */
  private owedTs: number | null = null;
  private inbox: Promise<void> = Promise.resolve();
  private expiry: NodeJS.Timeout | null = null;
  private open = true;
  private readonly socket: ClientSocket;

  constructor(
    socket: WebSocket,
    private readonly deps: { engine: Engine; live: LiveQueries; credentials: Credentials; settle: () => void; now: () => number },
  ) {
    this.socket = new ClientSocket(socket, deps.settle);
  }

  /** Takes one frame. Frames are handled in order; one that makes no sense ends the connection, and only that. */
  receive(text: string): void {
    const done = this.socket.came(text);
    this.inbox = this.inbox.then(async () => {
      if (!this.open) return;
      try {
        const message = clientMessage(text);
        // Calls are not awaited: the engine's lock keeps one socket's mutations in order, and the inbox goes on.
        if (message.type === "Mutation") void this.mutate(message).then(done);
        else if (message.type === "Action") void this.act(message).then(done);
        else await this.handle(message).then(done);
      } catch (thrown) {
        this.fail(thrown instanceof Error ? thrown.message : "Malformed message");
      }
    });
  }

  /** The client has answered a ping. */
  heard(): void {
    this.socket.heard();
  }

  /**
   * Tells the client what changed since it was last told; all live queries have been refreshed at `ts`. False when that has to
   * wait: it has been told of something newer, a mutation was answered that is, a query that this client watches is slow, or the
   * client itself is.
   */
  flush(ts: number): boolean {
    if (!this.open) return true;
    if (ts < Math.max(this.sent.ts, this.owedTs ?? 0)) return false;
    if (!this.socket.mayTell()) return false;
    const updates: { queryId: number; watched: Watched; outcome: QueryOutcome }[] = [];
    for (const queryId of this.stirred) {
      const watched = this.queries.get(queryId);
      if (watched === undefined) continue;
      const { outcome, slow, version } = watched.live;
      if (outcome === null || slow) return false;
      if (version !== watched.sentVersion) updates.push({ queryId, watched, outcome });
    }
    this.stirred.clear();
    const modifications = [...this.removed].map((queryId) => JSON.stringify({ type: "QueryRemoved", queryId }));
    this.removed.clear();
    for (const { queryId, watched, outcome } of updates) {
      watched.sentVersion = watched.live.version;
      modifications.push(modificationText(queryId, outcome));
    }
    const { querySet, identity } = this.wanted;
    const moved = querySet !== this.sent.querySet || identity !== this.sent.identity;
    if (modifications.length === 0 && !moved && this.owedTs === null) return true;
    this.owedTs = null;
    const startVersion = { ...this.sent, ts: encodeTs(this.sent.ts) };
    Object.assign(this.sent, { querySet, identity, ts });
    const versions = JSON.stringify({ type: "Transition", startVersion, endVersion: { querySet, identity, ts: encodeTs(ts) }, serverTs: this.deps.now() * 1e6 });
    for (const frame of toFrames(`${versions.slice(0, -1)},"modifications":[${modifications.join(",")}]}`, randomUUID())) this.socket.send(frame);
    return true;
  }

  /** Asks for a sign of life, in both ways: the client wants one too. One that gives none for long is cut off. */
  ping(): void {
    if (this.socket.ping()) this.send({ type: "Ping" });
  }

  /** Forgets everything about this client; the socket is closed or closing. */
  close(): void {
    this.open = false;
    if (this.expiry !== null) clearTimeout(this.expiry);
    for (const watched of this.queries.values()) this.deps.live.release(watched.live, watched);
    this.queries.clear();
  }

  private async handle(message: Exclude<ClientMessage, { type: "Mutation" | "Action" }>): Promise<void> {
    switch (message.type) {
      case "Connect":
        this.sessionId = message.sessionId;
        return;
      case "ModifyQuerySet":
        this.modifyQueries(message);
        return;
      case "Authenticate":
        await this.authenticate(message);
        return;
      case "Event":
        return;
    }
  }

  private modifyQueries({ baseVersion, newVersion, modifications }: Extract<ClientMessage, { type: "ModifyQuerySet" }>): void {
    if (baseVersion !== this.wanted.querySet) throw new Error(`The query set is at version ${this.wanted.querySet}, not ${baseVersion}`);
    for (const modification of modifications) {
      if (modification.type === "Add") {
        this.drop(modification.queryId);
        this.removed.delete(modification.queryId);
        this.watch(modification);
      } else {
        this.drop(modification.queryId);
        this.removed.add(modification.queryId);
      }
    }
    this.wanted.querySet = newVersion;
    this.deps.settle();
  }

  private async authenticate({ tokenType, value = "", baseVersion, impersonating }: Extract<ClientMessage, { type: "Authenticate" }>): Promise<void> {
    if (baseVersion !== this.wanted.identity) throw new Error(`The identity is at version ${this.wanted.identity}, not ${baseVersion}`);
    const { credentials } = this.deps;
    try {
      if (tokenType === "None") this.requester = NOBODY;
      else if (tokenType === "User") this.requester = await credentials.fromToken(value);
      else this.requester = { ...credentials.fromAdminKey(value), ...(impersonating ? { identity: impersonating } : {}) };
    } catch (thrown) {
      this.refuse(thrown instanceof InvalidToken ? thrown.message : "Could not authenticate", true);
      return;
    }
    // It may have gone while its token was looked at.
    if (!this.open) return;
    this.wanted.identity = baseVersion + 1;
    this.watchExpiry();
    for (const watched of [...this.queries.values()]) {
      const { live, add } = watched;
      this.watch({ ...add, journal: live.journal ?? add.journal });
      this.deps.live.release(live, watched);
    }
    this.deps.settle();
  }

  private watchExpiry(): void {
    if (this.expiry !== null) clearTimeout(this.expiry);
    this.expiry = null;
    const { expiresAt } = this.requester;
    if (expiresAt === null) return;
    const check = (): void => {
      const left = expiresAt - this.deps.now();
      if (left <= 0) this.refuse("The token has expired", false);
      else this.expiry = setTimeout(check, Math.min(left, LONGEST_TIMER_MS));
    };
    check();
  }

  private async mutate(message: Extract<ClientMessage, { type: "Mutation" }>): Promise<void> {
    const { requestId, args } = message;
    try {
      const outcome = await this.deps.engine.mutation(this.call(message, singleArgument(args)), { sessionId: this.sessionId, requestId });
      const { logLines } = outcome;
      if (!outcome.ok) return this.respond("MutationResponse", requestId, outcome.failure, logLines);
      const answer = JSON.stringify({ type: "MutationResponse", requestId, success: true, ts: encodeTs(outcome.ts), logLines });
      this.socket.send(`${answer.slice(0, -1)},"result":${outcome.value}}`);
      // Owed from here on, not from the commit: the client counts only transitions that follow the response.
      this.owedTs = Math.max(this.owedTs ?? 0, outcome.ts);
      const { engine, live } = this.deps;
      // What others watch is not waited for.
      if (!live.holdFor(this) || !this.flush(engine.ts)) this.deps.settle();
    } catch (thrown) {
      this.respond("MutationResponse", requestId, failureOf(thrown), []);
    }
  }

  private async act(message: Extract<ClientMessage, { type: "Action" }>): Promise<void> {
    const { requestId, args } = message;
    try {
      const outcome = await this.deps.engine.action(this.call(message, singleArgument(args)));
      if (!outcome.ok) return this.respond("ActionResponse", requestId, outcome.failure, outcome.logLines);
      const answer = JSON.stringify({ type: "ActionResponse", requestId, success: true, logLines: outcome.logLines });
      this.socket.send(`${answer.slice(0, -1)},"result":${outcome.value}}`);
    } catch (thrown) {
      this.respond("ActionResponse", requestId, failureOf(thrown), []);
    }
  }

  private respond(type: string, requestId: number, { message, data }: { message: string; data?: unknown }, logLines: string[]): void {
    this.send({ type, requestId, success: false, result: message, logLines, ...(data === undefined ? {} : { errorData: data }) });
  }

  private watch(add: AddQuery): void {
    const { queryId } = add;
    const stirred = (): void => {
      this.stirred.add(queryId);
      this.deps.settle();
    };
    const watcher: Watcher = { client: this, stirred };
    const live = this.ask(add, watcher);
    this.queries.set(queryId, Object.assign(watcher, { live, add, sentVersion: -1 }));
    stirred();
  }

  /** A query that cannot be asked at all fails like one that was. */
  private ask(add: AddQuery, watcher: Watcher): LiveQuery {
    const { live, engine } = this.deps;
    try {
      return live.acquire(this.call(add, singleArgument(add.args)), add.journal ?? null, watcher);
    } catch (thrown) {
      if (!(thrown instanceof FunctionError)) throw thrown;
      return failedQuery({ component: "", path: add.udfPath, args: null, identity: null, publicOnly: true, caller: "SyncWorker" }, failureOf(thrown), engine.ts);
    }
  }

  private call({ udfPath, componentPath }: { udfPath: string; componentPath?: string | null | undefined }, args: Call["args"]): Call {
    return { component: componentFor(this.requester, componentPath), path: udfPath, args, identity: this.requester.identity, publicOnly: !this.requester.admin, caller: "SyncWorker" };
  }

  private drop(queryId: number): void {
    const watched = this.queries.get(queryId);
    if (watched !== undefined) this.deps.live.release(watched.live, watched);
    this.queries.delete(queryId);
  }

  private refuse(error: string, authUpdateAttempted: boolean): void {
    this.send({ type: "AuthError", error, baseVersion: this.wanted.identity, authUpdateAttempted });
    this.close();
    this.socket.close(NORMAL);
  }

  private fail(error: string): void {
    this.send({ type: "FatalError", error: error.slice(0, 1000) });
    this.close();
    this.socket.close(POLICY_VIOLATION, "BadMessage");
  }

  private send(message: { type: string; [field: string]: unknown }): void {
    this.socket.send(JSON.stringify(message));
  }
}
