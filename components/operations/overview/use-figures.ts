"use client";

import { useQuery } from "convex/react";
import { useState } from "react";
import { api } from "@/convex/_generated/api";
import type { WindowName } from "@/lib/monitoring/spans";
import type { Scope } from "../frame/scope";
import type { Overview } from "./fill-spans";
import { useWindow } from "./window-switch";

interface Figures {
  window: WindowName;
  overview: Overview;
}

/** The figures of the chosen window; until they are there, those that were shown before. Null before the first. */
export function useFigures(scope: Scope): Figures | null {
  const [window] = useWindow();
  const overview = useQuery(api.monitoring.overview.figuresIn, { scope, window });
  const [shown, setShown] = useState<Figures | null>(null);
  if (overview && overview !== shown?.overview) setShown({ window, overview });
  return shown;
}
