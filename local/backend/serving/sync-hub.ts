import { type WebSocket } from "ws";
import type { Credentials } from "./credentials";
import type { Engine } from "../engine/engine";
import type { PendingCommit } from "../engine/pending-commit";
import { hostLimits } from "../limits";
import type { LiveQueries } from "../engine/live-queries";
import { SyncSession } from "./sync";

/** All WebSocket clients. After commits it brings their queries up to date, together and at one timestamp. */
export class SyncHub {
  private readonly sessions = new Map<WebSocket, SyncSession>();
  /** Those who may have something to tell their clients. */
  private readonly stirred = new Set<SyncSession>();
  private settling = false;
  private again = false;
  private readonly pings: NodeJS.Timeout;

  constructor(private readonly deps: { engine: Engine; live: LiveQueries; credentials: Credentials; now: () => number }) {
    deps.engine.onCommitting((pending) => {
      if (!this.settling && deps.live.anticipate(pending)) this.startRounds(pending);
    });
    deps.engine.onCommit((_ts, touched) => {
      deps.live.invalidate(touched);
      if (deps.live.anyStale) this.settle();
    });
    this.pings = setInterval(() => this.sessions.forEach((session) => session.ping()), hostLimits.pingMs);
    this.pings.unref();
  }

  /** Serves one client until its socket closes. */
  connect(socket: WebSocket): void {
    const session = new SyncSession(socket, { ...this.deps, settle: () => this.settle(session) });
    this.sessions.set(socket, session);
    socket.on("message", (data: Buffer | ArrayBuffer | Buffer[]) => session.receive(Buffer.isBuffer(data) ? data.toString("utf8") : ""));
    socket.on("pong", () => session.heard());
    socket.on("close", () => {
      session.close();
      this.sessions.delete(socket);
      this.stirred.delete(session);
    });
    // A client that breaks the framing is cut off by the library; the close handler does the rest.
    socket.on("error", () => undefined);
  }

  /**
   * Brings clients up to date with all that is committed by now, `session` even when no result of its queries changes. Each
   * round is of one moment; what comes while one runs, however much, is the next.
   */
  settle(session?: SyncSession): void {
    if (session !== undefined) this.stirred.add(session);
    this.again = true;
    if (!this.settling) this.startRounds(null);
  }

  private startRounds(pending: PendingCommit | null): void {
    void this.runRounds(pending).catch((thrown: unknown) => process.stderr.write(`Live queries: ${String(thrown)}\n`));
  }

  private async runRounds(pending: PendingCommit | null): Promise<void> {
    const { live } = this.deps;
    this.settling = true;
    try {
      for (let first = pending; this.again || live.anyStale; first = null) {
        this.again = false;
        const ts = await live.refresh(first);
        for (const session of [...this.stirred]) if (session.flush(ts)) this.stirred.delete(session);
      }
    } finally {
      // In the same breath as the last look: what comes after it starts anew.
      this.settling = false;
    }
  }

  /** The code has changed: every query may have another answer. */
  rerunAll(): void {
    this.deps.live.invalidateAll();
    this.settle();
  }

  close(): void {
    clearInterval(this.pings);
    for (const [socket, session] of this.sessions) {
      session.close();
      socket.terminate();
    }
  }
}
