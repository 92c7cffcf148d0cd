"use client";

import { parseAsStringLiteral, useQueryState } from "nuqs";
import { Segmented } from "@/components/ui/segmented";
import type { WindowName } from "@/lib/monitoring/spans";

const OPTIONS = [
  { value: "1h", label: "1 h" },
  { value: "24h", label: "24 h" },
  { value: "7d", label: "7 d" },
] as const;

/** What time the figures are of, kept in the address. */
export function useWindow(): [WindowName, (window: WindowName) => void] {
  const [window, setWindow] = useQueryState("window", parseAsStringLiteral(["1h", "24h", "7d"]).withDefault("1h"));
  return [window, (next) => void setWindow(next)];
}

export const WINDOW_WORDS: Readonly<Record<WindowName, string>> = { "1h": "last hour", "24h": "last 24 hours", "7d": "last 7 days" };

export function WindowSwitch() {
  const [window, setWindow] = useWindow();
  return <Segmented label="Time" value={window} onValueChange={setWindow} options={OPTIONS} />;
}
