import { v, type Infer } from "convex/values";
import { internalMutation, internalQuery, type MutationCtx, type QueryCtx } from "../../_generated/server";
import { incidentKey, type AlertKind } from "../../../lib/monitoring/alert-kinds";
import { mergeRollups, emptyRollup } from "../../../lib/monitoring/rollup";
import { deploymentFindings, RATE_WINDOW_MINUTES } from "../../../lib/monitoring/rules";
import { profileOf } from "../../../lib/providers/profiles";
import { alertThresholds } from "../../settings";
import { failedChannels, notificationFacts } from "../facts";
import { DEPLOYMENT, readSpans } from "../metrics/spanRows";
import { closeAlert, openAlert, type Incident } from "./incidents";

/** Open alerts of one kind that are looked at. */
const OPEN = 500;

/** The kinds that are decided here, once a minute, from figures. The others are opened where they happen. */
const BY_FIGURES = ["queue_depth", "oldest_job", "processing_time", "error_rate", "webhook_failures"] as const satisfies AlertKind[];

const queueFacts = {
  waiting: v.number(),
  oldestMs: v.union(v.number(), v.null()),
  longestRunMs: v.union(v.number(), v.null()),
};
const deploymentFacts = v.object({
  ...queueFacts,
  providers: v.array(v.object({ provider: v.string(), label: v.string(), turns: v.number(), failures: v.number() })),
  notifications: v.object({ received: v.number(), refused: v.number() }),
});

/** What the alerts about the deployment are decided by. A query of its own: notifications that come in meanwhile delay no decision. */
export const facts = internalQuery({
  args: { queue: v.object(queueFacts) },
  returns: deploymentFacts,
  handler: async (ctx, { queue }): Promise<Infer<typeof deploymentFacts>> => {
    const since = Date.now() - RATE_WINDOW_MINUTES * 60_000;
    const minutes = await readSpans(ctx, { scope: DEPLOYMENT, span: "minute", since }, RATE_WINDOW_MINUTES + 1);
    const { byProvider } = minutes.reduce(mergeRollups, emptyRollup());
    return {
      ...queue,
      providers: byProvider.map(({ provider, turns, failures }) => ({
        provider,
        label: profileOf(provider)?.label ?? provider,
        turns,
        failures,
      })),
      notifications: await notificationFacts(ctx, since),
    };
  },
});

/** Opens and closes the alerts about the deployment. */
export const deployment = internalMutation({
  args: { facts: deploymentFacts },
  returns: v.null(),
  handler: async (ctx, { facts }) => {
    const open = new Set(await openKeys(ctx, BY_FIGURES));
    const found = deploymentFindings(facts, alertThresholds(), (key) => open.has(key));
    await bringAbout(ctx, BY_FIGURES, found.map((finding) => ({ ...finding, owner: null })));
    return null;
  },
});

/** Opens and closes the alerts about push channels. */
export const channels = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const failed = await failedChannels(ctx);
    await bringAbout(
      ctx,
      ["subscription"],
      failed.map(({ watchId, calendarId, owner, label, reason }) => ({
        key: incidentKey("subscription", watchId),
        kind: "subscription",
        severity: "warning",
        owner,
        subject: calendarId === null ? null : { kind: "calendar", id: calendarId, label },
        message: `A push channel of ${label} could not be kept (${reason}).`,
      })),
    );
    return null;
  },
});

/** The incidents of these kinds for which alerts are open, at most 500 of each. */
export async function openKeys(ctx: QueryCtx, kinds: readonly AlertKind[]): Promise<string[]> {
  const keys: string[] = [];
  for (const kind of kinds) {
    const open = await ctx.db
      .query("alerts")
      .withIndex("by_kind_closedAt", (q) => q.eq("kind", kind).eq("closedAt", null))
      .take(OPEN);
    keys.push(...open.map(({ key }) => key));
  }
  return keys;
}

/** Of these kinds, exactly the given incidents are open afterwards. */
export async function bringAbout(
  ctx: MutationCtx,
  kinds: readonly AlertKind[],
  incidents: readonly Incident[],
): Promise<void> {
  const wanted = new Set(incidents.map(({ key }) => key));
  for (const key of await openKeys(ctx, kinds)) if (!wanted.has(key)) await closeAlert(ctx, key);
  for (const incident of incidents) await openAlert(ctx, incident);
}
