"use client";

import { CloudOff } from "lucide-react";
import { useLiveness } from "./liveness";

/** Said above the page where the rail, which says it too, is not in sight. */
export function OfflineNote() {
  const liveness = useLiveness();
  if (liveness !== "offline") return null;
  return (
    <p role="status" className="flex shrink-0 items-center justify-center gap-2 bg-warn-tint px-4 py-1.5 text-12 text-warn-text wide:hidden">
      <CloudOff aria-hidden="true" className="size-3.5" />
      Offline: showing what was last seen
    </p>
  );
}
