import { v } from "convex/values";
import { providerFailure } from "./problem";

export const connectionStatus = v.union(
  v.literal("active"),
  v.literal("degraded"),
  v.literal("reconnect_required"),
  v.literal("paused"),
  v.literal("disconnecting"),
);

/** What goes on with a connection's tokens; see `connections/credentials/refresh`. */
export const refreshState = v.union(
  v.object({ kind: v.literal("running"), leaseId: v.string(), expiresAt: v.number() }),
  v.object({ kind: v.literal("failed"), failure: providerFailure, at: v.number() }),
);
