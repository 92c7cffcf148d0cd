import type { WebSocket } from "ws";
import { hostLimits } from "../limits";
import { ClientPulse } from "./client-pulse";

/** A client's socket, which is listened to only while the client reads what it is sent, and is not too far ahead of what can be done. */
export class ClientSocket {
  private readonly pulse = new ClientPulse();
  /** Characters of messages that came and are not done with. */
  private underWay = 0;
  /** There is something to tell that waits for the client to read what it was sent. */
  private heldBack = false;

  /** `drained` is called when the client has read enough to be told what {@link mayTell} held back. */
  constructor(
    private readonly socket: WebSocket,
    private readonly drained: () => void,
  ) {}

  /** Notes a frame that came. To be told when all that it asks for is done. */
  came(frame: string): () => void {
    this.pulse.heard();
    this.underWay += frame.length;
    this.regulate();
    return () => {
      this.underWay -= frame.length;
      this.regulate();
    };
  }

  /** The client has answered a ping. */
  heard(): void {
    this.pulse.heard();
  }

  /** Whether the client has read enough of what it was sent to be told something new; when not, that is remembered. */
  mayTell(): boolean {
    if (this.socket.bufferedAmount <= hostLimits.unreadBytes) return true;
    this.heldBack = true;
    return false;
  }

  send(frame: string): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    this.socket.send(frame, this.sentOut);
    this.regulate();
  }

  /** Asks for a sign of life. A client that has given none for long is cut off; false then. */
  ping(): boolean {
    // Who is not listened to until its calls are done cannot answer.
    if (this.underWay > hostLimits.underWayCharacters) this.pulse.heard();
    const alive = this.pulse.beat(this.socket.bufferedAmount);
    if (!alive) this.socket.terminate();
    else if (this.socket.readyState === this.socket.OPEN) this.socket.ping();
    return alive;
  }

  /** Closes with a code of RFC 6455, section 7.4. */
  close(code: number, reason?: string): void {
    this.socket.close(code, reason);
  }

  private readonly sentOut = (): void => {
    this.regulate();
    if (!this.heldBack || this.socket.bufferedAmount > hostLimits.unreadBytes) return;
    this.heldBack = false;
    this.drained();
  };

  private regulate(): void {
    const full = this.socket.bufferedAmount > hostLimits.unreadBytes || this.underWay > hostLimits.underWayCharacters;
    if (full === this.socket.isPaused) return;
    if (full) this.socket.pause();
    else this.socket.resume();
  }
}
