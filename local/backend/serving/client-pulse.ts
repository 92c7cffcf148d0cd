import { hostLimits } from "../limits";

/** Tells from a client that is slow one that has gone without a word, as a machine does that sleeps or loses its network. */
export class ClientPulse {
  private silentMs = 0;
  private unread = 0;

  /** The client has sent something, be it the answer to a ping. */
  heard(): void {
    this.silentMs = 0;
  }

  /** The time between two pings has passed, and so many bytes are not sent yet. False when the client is to be given up. */
  beat(unread: number): boolean {
    if (unread < this.unread) this.silentMs = 0;
    else this.silentMs += hostLimits.pingMs;
    this.unread = unread;
    return this.silentMs <= hostLimits.silentMs;
  }
}
