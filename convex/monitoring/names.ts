import type { Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { connectionLabel } from "../connections/label";
import type { Scope } from "./access";

/** The names that rows of a page are shown with; what several have in common is read once. */
export interface Names {
  /** An account's name; null where it is gone. */
  connection(id: Id<"providerConfigs">): Promise<string | null>;
  /** One's own calendar's name; null where it is gone, for what concerns a whole account, and for everybody else's. */
  calendar(id: Id<"calendars"> | null): Promise<string | null>;
}

export function namesOf(ctx: Pick<QueryCtx, "db">, scope: Scope): Names {
  const seen = new Map<string, Promise<string | null>>();
  const once = (id: string, read: () => Promise<string | null>) => {
    const reading = seen.get(id) ?? read();
    seen.set(id, reading);
    return reading;
  };
  return {
    connection: (id) =>
      once(id, async () => {
        const config = await ctx.db.get(id);
        return config && connectionLabel(config);
      }),
    calendar: async (id) =>
      scope === "deployment" || id === null ? null : await once(id, async () => (await ctx.db.get(id))?.name ?? null),
  };
}
