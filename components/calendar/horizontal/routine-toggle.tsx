"use client";

import { Eye, EyeOff } from "lucide-react";
import { useViewer } from "@/components/time/viewer-context";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { useYearCount } from "./use-year-count";
import { useRoutineShown } from "./use-routine-shown";

/** Folds and shows what comes every week and is short; nothing where there is no such thing. Compact is an icon only. */
export function RoutineToggle({ compact = false }: { compact?: boolean }) {
  const [shown, setShown] = useRoutineShown();
  const { locale } = useViewer();
  const { routine } = useYearCount();
  if (routine === 0) return null;
  return (
    <Tooltip label={shown ? "Fold what comes weekly and takes under two hours" : "Show what comes weekly and takes under two hours"}>
      <Button
        variant="quiet"
        icon={compact}
        aria-pressed={shown}
        aria-label={compact ? `${routine} routine events` : undefined}
        className="aria-pressed:bg-active aria-pressed:text-fg"
        onClick={() => setShown(!shown)}
      >
        {shown ? <Eye aria-hidden="true" /> : <EyeOff aria-hidden="true" />}
        {compact ? null : <span className="tabular-nums">{routine.toLocaleString(locale)} routine</span>}
      </Button>
    </Tooltip>
  );
}
