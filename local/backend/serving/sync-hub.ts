import { type WebSocket } from "ws";
import type { Credentials } from "./credentials";
import type { Engine } from "./engine";
import { hostLimits } from "../limits";
import type { LiveQueries } from "./live-queries";
import { SyncSession } from "./sync";

/** All WebSocket clients. After commits it brings their queries up to date, together and at one timestamp. */
export class SyncHub {
  private readonly sessions = new Map<WebSocket, SyncSession>();
  private settling = false;
  private readonly pings: NodeJS.Timeout;

  constructor(private readonly deps: { engine: Engine; live: LiveQueries; credentials: Credentials; now: () => number }) {
    deps.engine.onCommit((_ts, touched) => {
      if (deps.live.invalidate(touched)) this.settle();
    });
    this.pings = setInterval(() => this.sessions.forEach((session) => session.ping()), hostLimits.pingMs);
    this.pings.unref();
  }

  /** Serves one client until its socket closes. */
  connect(socket: WebSocket): void {
    const session = new SyncSession(socket, { ...this.deps, settle: () => this.settle() });
    this.sessions.set(socket, session);
    socket.on("message", (data: Buffer | ArrayBuffer | Buffer[]) => session.receive(Buffer.isBuffer(data) ? data.toString("utf8") : ""));
    socket.on("close", () => {
      session.close();
      this.sessions.delete(socket);
    });
    // A client that breaks the framing is cut off by the library; the close handler does the rest.
    socket.on("error", () => undefined);
  }

  /**
   * Brings all clients up to date after everything that waits for the lock now. Several commits in a row share one
   * such round; none waits longer than the queue was when it was committed.
   */
  settle(): void {
    if (this.settling) return;
    this.settling = true;
    const { engine, live } = this.deps;
    void engine.lock
      .run(async () => {
        this.settling = false;
        await live.refresh();
        const { ts } = engine;
        for (const session of this.sessions.values()) session.flush(ts);
      })
      .catch((thrown: unknown) => process.stderr.write(`Live queries: ${String(thrown)}\n`));
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
