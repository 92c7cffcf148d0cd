import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";

/*
 * The line of organizations with work to be done. Whoever adds work puts its organization there for the moment in which the
 * work is due, and looks at nothing but that moment: what others add, and what the dispatcher does meanwhile, is not in what it has read.
 * So an organization may stand there for several moments, and for one in which there is nothing left to do.
 *
 * Each turn is one job, and who has had one goes to the back: a noisy organization is stepped over, never scanned past.
 */

/** Puts an organization in line for `dueAt`, or for now where that has passed, and has the dispatcher woken then. */
export async function joinLine(ctx: MutationCtx, orgId: Id<"organizations">, dueAt: number): Promise<void> {
  const turnAt = settledAfter(Math.max(dueAt, Date.now()));
  const lane = await ctx.db
    .query("queueLanes")
    .withIndex("by_orgId_turnAt", (q) => q.eq("orgId", orgId).eq("turnAt", turnAt))
    .first();
  if (lane !== null) return;
  await ctx.db.insert("queueLanes", { orgId, turnAt });
  await wake(ctx, turnAt);
}

/** The dispatcher looks at what is due by `at` as soon as that has settled; what wakes it at about the same time wakes it once. */
export async function wakeDispatcher(ctx: MutationCtx, at: number): Promise<void> {
  await wake(ctx, settledAfter(Math.max(at, Date.now())));
}

async function wake(ctx: MutationCtx, at: number): Promise<void> {
  await ctx.scheduler.runAt(at, internal.sync.dispatcher.dispatch, { at });
}

/** Longer than a transaction usually takes from its beginning to its commit: what was written for a time that long ago is there. */
export const SETTLED_MS = 40;
/** Dispatches begin this far apart, several at once being as good as one: time enough for one to commit before the next begins. */
export const WAKE_EVERY_MS = 50;

/** The first dispatch by which what is written at `at` has settled. */
function settledAfter(at: number): number {
  return Math.ceil((at + SETTLED_MS) / WAKE_EVERY_MS) * WAKE_EVERY_MS;
}

/** Moments of the line that one dispatch looks at. */
const LANES_PER_DISPATCH = 100;

/** Whose turn was due `until` then is looked at; of their work, and of turns that have ended, what was so `now`: all of it has settled. */
interface Moment {
  until: number;
  now: number;
}

/**
 * What a dispatch that was woken for `at` looks at: everything until the last moment for which dispatches are woken, where it begins
 * late. Of several that begin together the first leaves nothing to do to the others.
 */
export function momentOf(at: number): Moment {
  const until = Math.max(at, Math.floor(Date.now() / WAKE_EVERY_MS) * WAKE_EVERY_MS);
  return { until, now: until - SETTLED_MS };
}

/** An organization whose turn it is. */
interface Standing {
  orgId: Id<"organizations">;
  /** The moments for which it stands in line, first one first. */
  lanes: Doc<"queueLanes">[];
  /** Null before its first turn. */
  outcome: TurnOutcome | null;
}
/** What is left after a turn: when it may have the next one, or null where nothing waits any more. */
interface TurnOutcome {
  nextDueAt: number | null;
}

/** The front of the line as it was at one moment, and what became of it since. */
export class Line {
  private readonly standing: Standing[];
  private readonly next: Standing[];

  private constructor(
    private readonly lanes: Doc<"queueLanes">[],
    private readonly moment: Moment,
  ) {
    const byOrg = new Map<string, Standing>();
    for (const lane of lanes) {
      const known = byOrg.get(lane.orgId);
      if (known === undefined) byOrg.set(lane.orgId, { orgId: lane.orgId, lanes: [lane], outcome: null });
      else known.lanes.push(lane);
    }
    this.standing = [...byOrg.values()];
    this.next = [...this.standing];
  }

  static async at(ctx: MutationCtx, moment: Moment): Promise<Line> {
    const lanes = await ctx.db
      .query("queueLanes")
      .withIndex("by_turnAt", (q) => q.lte("turnAt", moment.until))
      .take(LANES_PER_DISPATCH);
    return new Line(lanes, moment);
  }

  get isEmpty(): boolean {
    return this.next.length === 0;
  }

  /** Gives the first in line its turn; it goes to the back where it has more that is due, and leaves otherwise. */
  async serve(turn: (orgId: Id<"organizations">) => Promise<TurnOutcome>): Promise<void> {
    const first = this.next.shift();
    if (first === undefined) return;
    first.outcome = await turn(first.orgId);
    if (this.isStillDue(first.outcome)) this.next.push(first);
  }

  /** Writes down where everybody stands now who had a turn. There may be more behind what one dispatch looks at. */
  async keep(ctx: MutationCtx): Promise<void> {
    for (const { orgId, lanes, outcome } of this.standing) {
      if (outcome === null) continue;
      const [first, ...others] = lanes;
      const { nextDueAt } = outcome;
      const isStillDue = this.isStillDue(outcome);
      if (first !== undefined && !isStillDue) await ctx.db.delete(first._id);
      // Behind everybody who was looked at; who stood there alone need not go behind anybody.
      if (first !== undefined && isStillDue && this.standing.length > 1) await ctx.db.patch(first._id, { turnAt: this.moment.until + 1 });
      for (const lane of others) await ctx.db.delete(lane._id);
      if (nextDueAt !== null && !isStillDue) await joinLine(ctx, orgId, nextDueAt);
    }
    if (this.isEmpty && this.lanes.length === LANES_PER_DISPATCH) await wakeDispatcher(ctx, this.moment.until);
  }

  private isStillDue({ nextDueAt }: TurnOutcome): boolean {
    return nextDueAt !== null && nextDueAt <= this.moment.now;
  }
}
