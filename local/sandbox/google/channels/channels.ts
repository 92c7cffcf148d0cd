import { createHash } from "node:crypto";
import { type Delivery, type RetryPlan } from "../../traffic/delivery";
import { type SeededRandom } from "../../random";
import { type Change } from "../calendar/book";

/** One channel as a client made it. */
export interface Channel {
  id: string;
  accountId: string;
  clientId: string;
  resource: Change;
  resourceId: string;
  resourceUri: string;
  address: string;
  token: string | null;
  /** Epoch milliseconds. */
  expiresAt: number;
  messageNumber: number;
  /** Delivers nothing any more, and nobody has been told. */
  silent: boolean;
  stopped: boolean;
}

export interface ChannelsDeps {
  delivery: Delivery;
  random(): SeededRandom;
  now(): number;
  /** Whether the person still lets the client look: a revoked grant ends its channels' messages. */
  isGranted(accountId: string, clientId: string): boolean;
  /** Waits between the attempts of one message, in milliseconds. */
  retryDelaysMs: readonly number[];
}

const DELIVERED: ReadonlySet<number> = new Set([102, 200, 201, 202, 204]);
const AGAIN: ReadonlySet<number> = new Set([500, 502, 503, 504]);
/** Message numbers rise, but not by one. */
const LARGEST_STEP = 9;

/** Ids of shared calendars are long, and differ at their beginning. */
const LABEL_LENGTH = 32;

/** All channels, and the messages that they send. */
export class Channels {
  private readonly plan: RetryPlan;

  constructor(
    private readonly channels: Channel[],
    private readonly deps: ChannelsDeps,
  ) {
    this.plan = { delivered: (status) => DELIVERED.has(status), again: (status) => AGAIN.has(status), delaysMs: deps.retryDelaysMs };
  }

  snapshot(): Channel[] {
    return this.channels;
  }

  /** Those that have neither been stopped nor expired. */
  open(): Channel[] {
    const now = this.deps.now();
    return this.channels.filter(({ stopped, expiresAt }) => !stopped && expiresAt > now);
  }

  /** An id is never used twice, not even after its channel has ended. */
  isKnown(id: string): boolean {
    return this.channels.some((channel) => channel.id === id);
  }

  /** Opens a channel and sends its first message. Resolves when that is over. */
  add(channel: Omit<Channel, "messageNumber" | "silent" | "stopped">): { channel: Channel; synced: Promise<void> } {
    const added = { ...channel, messageNumber: 1, silent: false, stopped: false };
    this.channels.push(added);
    return { channel: added, synced: this.send(added, "sync") };
  }

  /** False where there is no such open channel of this caller. */
  stop(id: string, resourceId: string, accountId: string, clientId: string): boolean {
    const found = this.open().find((each) => each.id === id && each.resourceId === resourceId && each.accountId === accountId && each.clientId === clientId);
    if (found !== undefined) found.stopped = true;
    return found !== undefined;
  }

  /** Tells every channel of what changed. */
  tell(change: Change, state: "exists" | "not_exists"): void {
    const key = keyOf(change);
    for (const channel of this.open()) {
      if (keyOf(channel.resource) !== key || channel.silent || !this.deps.isGranted(channel.accountId, channel.clientId)) continue;
      channel.messageNumber += this.deps.random().between(1, LARGEST_STEP);
      void this.send(channel, state);
    }
  }

  /** These deliver nothing from now on, and look as if nothing had happened. Returns how many they are. */
  silence(which: (channel: Channel) => boolean): number {
    const silenced = this.open().filter((channel) => !channel.silent && which(channel));
    for (const channel of silenced) channel.silent = true;
    return silenced.length;
  }

  private send(channel: Channel, state: "sync" | "exists" | "not_exists"): Promise<void> {
    return this.deps.delivery.send(
      {
        stream: channel.id,
        address: channel.address,
        headers: {
          Accept: "*/*",
          "User-Agent": "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google)",
          "X-Goog-Channel-ID": channel.id,
          "X-Goog-Channel-Expiration": new Date(channel.expiresAt).toUTCString(),
          ...(channel.token === null ? {} : { "X-Goog-Channel-Token": channel.token }),
          "X-Goog-Message-Number": String(channel.messageNumber),
          "X-Goog-Resource-ID": channel.resourceId,
          "X-Goog-Resource-State": state,
          "X-Goog-Resource-URI": channel.resourceUri,
        },
        body: "",
        label: `${state}: ${keyOf(channel.resource).slice(0, LABEL_LENGTH)}, channel ${channel.id.slice(0, 8)}`,
      },
      this.plan,
    );
  }
}

function keyOf(resource: Change): string {
  return resource.kind === "events" ? resource.calendarId : `calendar list ${resource.accountId}`;
}

/** Opaque, and the same for all channels of one person on one resource. */
export function resourceIdOf(resource: Change, accountId: string): string {
  return createHash("sha256").update(`${accountId}:${keyOf(resource)}`).digest("base64url").slice(0, 27);
}
