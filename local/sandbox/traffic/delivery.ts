import { type NotificationFaults, fateOf } from "../faults/notification-faults";
import { type SeededRandom } from "../random";
import { isLoopbackUrl } from "../serving/loopback";

/** A message to a client's callback. */
export interface Message {
  /** Messages of one stream begin in their order: a channel, a subscription. */
  stream: string;
  address: string;
  headers: Readonly<Record<string, string>>;
  body: string;
  /** What it is, for the log: `channel 4f0c… exists`. */
  label: string;
}

/** One attempt to deliver, or the decision not to. */
export interface Attempt {
  number: number;
  at: number;
  label: string;
  address: string;
  attempt: number;
  /** The status that came back, or what happened instead. */
  outcome: number | "dropped" | "unreachable";
}

/** When a provider tries again, and how often. */
export interface RetryPlan {
  /** 102 and the like: what counts as delivered. */
  delivered(status: number): boolean;
  /** Statuses after which it is tried again; nobody answering counts as one. */
  again(status: number): boolean;
  /** Waits before the second, third … attempt, in milliseconds. */
  delaysMs: readonly number[];
}

export interface Delivery {
  /** Resolves when the first attempts are over, faults and delays included; never rejects. */
  send(message: Message, plan: RetryPlan): Promise<void>;
  recent(limit: number, after?: number): Attempt[];
  /** Resolves when nothing is on its way any more, retries included. */
  idle(): Promise<void>;
  /** Gives up everything that is still to be sent. */
  close(): void;
}

export interface DeliveryDeps {
  faults(): NotificationFaults;
  random(): SeededRandom;
  now(): number;
  /** Resolves after this time, or at once when the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  fetch: typeof fetch;
}

const KEPT = 300;
const TIMEOUT_MS = 10_000;

/** Posts notifications, to this machine only, as unreliably as the faults say. */
export function createDelivery(deps: DeliveryDeps): Delivery {
  const attempts: Attempt[] = [];
  const underWay = new Set<Promise<void>>();
  const streams = new Map<string, Promise<void>>();
  const closing = new AbortController();
  let number = 0;

  const note = (message: Message, attempt: number, outcome: Attempt["outcome"]): void => {
    number += 1;
    attempts.push({ number, at: deps.now(), label: message.label, address: message.address, attempt, outcome });
    if (attempts.length > KEPT) attempts.shift();
  };

  const track = (work: Promise<void>): Promise<void> => {
    const tracked = work.finally(() => underWay.delete(tracked));
    underWay.add(tracked);
    return tracked;
  };

  async function attempt(message: Message, plan: RetryPlan, count: number): Promise<void> {
    if (closing.signal.aborted) return;
    const status = await post(message, deps.fetch, closing.signal);
    note(message, count, status ?? "unreachable");
    if (status !== null && (plan.delivered(status) || !plan.again(status))) return;
    const delayMs = plan.delaysMs[count - 1];
    if (delayMs === undefined) return;
    // The stream goes on meanwhile: what is retried comes late.
    void track(deps.wait(delayMs, closing.signal).then(() => attempt(message, plan, count + 1)));
  }

  async function copyAfter(delayMs: number, before: Promise<void>, message: Message, plan: RetryPlan): Promise<void> {
    if (delayMs === 0) await before;
    else await deps.wait(delayMs, closing.signal);
    await attempt(message, plan, 1);
  }

  return {
    send(message, plan) {
      const fate = fateOf(deps.faults(), deps.random());
      if (fate.length === 0) note(message, 1, "dropped");
      const before = streams.get(message.stream) ?? Promise.resolve();
      const copies = Promise.all(fate.map((delayMs) => copyAfter(delayMs, before, message, plan))).then(() => undefined);
      // Only what goes out at once holds up the next of its stream.
      if (fate[0] === 0) streams.set(message.stream, copies);
      return track(copies);
    },
    recent: (limit, after = 0) => attempts.filter((each) => each.number > after).slice(-limit).reverse(),
    async idle() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    close: () => closing.abort(),
  };
}

/** The status that came back; null where nobody answered in time. */
async function post(message: Message, request: typeof fetch, closing: AbortSignal): Promise<number | null> {
  if (!isLoopbackUrl(new URL(message.address))) return null;
  try {
    const response = await request(message.address, {
      method: "POST",
      headers: message.headers,
      body: message.body,
      redirect: "manual",
      signal: AbortSignal.any([closing, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return null;
  }
}
