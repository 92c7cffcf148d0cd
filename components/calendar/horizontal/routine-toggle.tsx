"use client";

import { Eye, EyeOff } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Tooltip } from "@/components/ui/tooltip";
import { useYearCount } from "./use-year-count";
import { useRoutineShown } from "./use-routine-shown";

/** Folds and shows what comes every week and is short; nothing where there is no such thing. */
export function RoutineToggle() {
  const [shown, setShown] = useRoutineShown();
  const { routine } = useYearCount();
  if (routine === 0) return null;
  return (
    <Tooltip label={shown ? "Fold what comes weekly and takes under two hours" : "Show what comes weekly and takes under two hours"}>
      <Button variant="quiet" aria-pressed={shown} className="aria-pressed:bg-active aria-pressed:text-fg" onClick={() => setShown(!shown)}>
        {shown ? <Eye aria-hidden="true" /> : <EyeOff aria-hidden="true" />}
        <span className="tabular-nums">{routine} routine</span>
      </Button>
    </Tooltip>
  );
}
