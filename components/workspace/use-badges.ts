"use client";

import { useQuery } from "convex/react";
import { api } from "@/convex/_generated/api";
import type { Destination } from "./destinations";
import { useAttentionCount } from "./use-attention-count";

/** A number beside a destination, and what it counts. */
export interface DestinationBadge {
  count: number;
  words: string;
}

/** What waits for a person behind each destination. */
export function useBadges(): Partial<Record<Destination, DestinationBadge>> {
  const attention = useAttentionCount();
  const alerts = useQuery(api.monitoring.alerts.list.count, {}) ?? 0;
  return {
    ...(attention > 0 ? { "/connections": { count: attention, words: "need attention" } } : {}),
    ...(alerts > 0 ? { "/operations": { count: alerts, words: alerts === 1 ? "open alert" : "open alerts" } } : {}),
  };
}
