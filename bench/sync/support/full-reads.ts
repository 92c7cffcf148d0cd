import { z } from "zod";

const fullRead = z.object({
  startedAt: z.number(),
  completedAt: z.number(),
  result: z.object({ syncType: z.literal("full"), callMs: z.number() }),
});

/** Of stored jobs, those that have read a calendar in full: how long they ran, and how much of that was spent on calls; milliseconds. */
export function fullReads(jobs: readonly object[]): { runMs: number; callMs: number }[] {
  return jobs.flatMap((job) => {
    const { success, data } = fullRead.safeParse(job);
    return success ? [{ runMs: data.completedAt - data.startedAt, callMs: data.result.callMs }] : [];
  });
}
