import { internal } from "../_generated/api";
import type { ActionCtx } from "../_generated/server";
import { callbackAddress, CALLBACK_UNREACHABLE, type CallbackProblem } from "../../lib/channels/callback";
import { proofOf } from "../../lib/channels/proof";
import type { CalendarProvider, Channel, ProviderFailure } from "../../lib/providers/port";
import { sha256Hex } from "../../lib/security/sha256";
import { callbackBase, pollingOnly, serverSecret } from "../settings";
import type { Lease } from "../sync/lease";

const CHECK_TIMEOUT_MS = 10_000;
/** An address that answered is not asked again for so long. */
const CHECK_LASTS_MS = 10 * 60_000;
const TOKEN_BYTES = 32;

/** When an address of ours last answered, by address. */
const answeredAt = new Map<string, number>();

export type ChannelOutcome =
  /** Also where it could not be opened: the watch then says why, and when it is tried again. */
  { kind: "settled" } | { kind: "leaseLost" } | Extract<ProviderFailure, { kind: "authRevoked" }>;

/** What a `renew_subscription` job is about. */
export interface ChannelRun {
  provider: CalendarProvider;
  providerId: string;
  /** Null: the account's list of calendars. */
  calendarRemoteId: string | null;
}

/**
 * Opens a fresh channel for one calendar, and ends those that it replaces. Each step is stored before the next is made, so
 * that a run which dies in between leaves a channel too many and never one too few.
 */
export async function openFreshChannel(ctx: ActionCtx, lease: Lease, run: ChannelRun): Promise<ChannelOutcome> {
  const { channels } = run.provider;
  if (channels === undefined || pollingOnly()) return { kind: "settled" };
  const callback = await reachableCallback(run.providerId);
  if (callback.kind === "problem") return await settle(ctx, lease, { channelId: null, reason: callback.problem, tried: callback.tried });

  const channelId = crypto.randomUUID();
  const token = randomToken();
  const begun: boolean = await ctx.runMutation(internal.webhooks.channels.begin, { ...lease, channelId, tokenHash: await sha256Hex(token) });
  if (!begun) return { kind: "leaseLost" };
  const opened = await channels.watch({ calendarRemoteId: run.calendarRemoteId, channelId, token, address: callback.address });
  if (opened.kind === "unwatchable") return await settle(ctx, lease, { channelId, reason: null, tried: true });
  if (opened.kind !== "watching") {
    const { code, message, action } = opened;
    await settle(ctx, lease, { channelId, reason: { code, message, action }, tried: true });
    return opened.kind === "authRevoked" ? opened : { kind: "settled" };
  }
  const { resourceId, expiresAt } = opened;
  const replaced: Channel[] | null = await ctx.runMutation(internal.webhooks.channels.confirm, { ...lease, channelId, resourceId, expiresAt });
  if (replaced === null) {
    await channels.stop({ channelId, resourceId });
    return { kind: "leaseLost" };
  }
  await stopChannels(ctx, run.provider, replaced);
  return { kind: "settled" };
}

/** Ends channels at the provider. What cannot be ended now ends by itself; what it still tells has no effect. */
export async function stopChannels(ctx: ActionCtx, provider: CalendarProvider, replaced: readonly Channel[]): Promise<void> {
  const channelIds: string[] = [];
  for (const channel of replaced) {
    const outcome = await provider.channels?.stop(channel);
    if (outcome?.kind === "stopped") channelIds.push(channel.channelId);
  }
  if (channelIds.length > 0) await ctx.runMutation(internal.webhooks.channels.stopped, { channelIds });
}

async function settle(
  ctx: ActionCtx,
  lease: Lease,
  failure: { channelId: string | null; reason: CallbackProblem | null; tried: boolean },
): Promise<ChannelOutcome> {
  await ctx.runMutation(internal.webhooks.channels.fail, { ...lease, ...failure });
  return { kind: "settled" };
}

/** Our own address, after it has answered from where providers would call it. */
async function reachableCallback(
  providerId: string,
): Promise<{ kind: "address"; address: string } | { kind: "problem"; problem: CallbackProblem; tried: boolean }> {
  const { base, allowHttp } = callbackBase();
  const callback = callbackAddress(base, providerId, { allowHttp });
  if (callback.kind === "problem") return { ...callback, tried: false };
  const { address } = callback;
  if (Date.now() - (answeredAt.get(address) ?? 0) < CHECK_LASTS_MS) return callback;
  if (!(await answers(address))) return { kind: "problem", problem: CALLBACK_UNREACHABLE, tried: true };
  answeredAt.set(address, Date.now());
  return callback;
}

async function answers(address: string): Promise<boolean> {
  const challenge = randomToken();
  try {
    const response = await fetch(`${address}?challenge=${challenge}`, { redirect: "error", signal: AbortSignal.timeout(CHECK_TIMEOUT_MS) });
    return response.ok && (await response.text()) === (await proofOf(challenge, serverSecret()));
  } catch {
    return false;
  }
}

/** 32 random bytes, base64url. */
function randomToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(TOKEN_BYTES));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
