"use client";

import { useConvexConnectionState } from "convex/react";
import { useEffect, useState } from "react";

/** `connecting` is the first moment only; later a lost connection is `offline`. */
export type Liveness = "connecting" | "live" | "offline";

/** A connection that is back sooner than this was never worth a word. */
const GRACE_MS = 2500;

/** Whether what is on the screen is kept current right now. */
export function useLiveness(): Liveness {
  const { isWebSocketConnected, hasEverConnected } = useConvexConnectionState();
  const [isLongLost, setLongLost] = useState(false);

  useEffect(() => {
    if (isWebSocketConnected) return;
    const timer = setTimeout(() => setLongLost(true), GRACE_MS);
    return () => {
      clearTimeout(timer);
      setLongLost(false);
    };
  }, [isWebSocketConnected]);

  if (isWebSocketConnected) return "live";
  if (isLongLost) return "offline";
  return hasEverConnected ? "live" : "connecting";
}
